using System.Globalization;
using System.Runtime.InteropServices;

namespace LatentConformance.Torch;

/// <summary>From `cuda:1` and `bfloat16` to a place that works, or one line that says what is missing and what brings it.</summary>
internal static class Devices
{
    public static Place Find(string name, DType dtype)
    {
        var parts = name.Split(':');
        var index = 0;
        var isKnown = parts is ["cpu"] or ["cuda"]
            || (parts is ["cuda", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!isKnown)
        {
            throw new UnavailableException($"no device '{name}'; expected cpu, cuda or cuda:0");
        }

        // TorchSharp tells on the console, at length, where it looked for its native half.
        var console = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            return parts[0] == "cuda" ? Gpu(index, dtype) : Usable(new Place(CPU, dtype), name);
        }
        catch (Exception missing) when (
            missing is DllNotFoundException or TypeInitializationException or NotSupportedException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new UnavailableException(
                $"libtorch cannot be loaded ({OneLine((missing.InnerException ?? missing).Message)}); "
                + "-p:Torch=cpu brings it by the package TorchSharp-cpu, -p:Torch=cuda by TorchSharp-cuda-linux or -windows");
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    private static Place Gpu(int index, DType dtype)
    {
        if (!cuda.is_available())
        {
            throw new UnavailableException(
                "no GPU can be used: there is none, or this libtorch is the cpu's; -p:Torch=cuda brings the other, beside an NVIDIA driver");
        }

        if (index >= cuda.device_count())
        {
            throw new UnavailableException($"no cuda:{index}; this machine has {cuda.device_count()}, counted from 0");
        }

        // Only where it is asked for: with it float32 has 11 bits in a product.
        backends.cuda.matmul.allow_tf32 = dtype == DType.TensorFloat32;
        backends.cudnn.allow_tf32 = dtype == DType.TensorFloat32;
        return Usable(new Place(new Device(DeviceType.CUDA, index), dtype), $"cuda:{index}");
    }

    /// <summary>A product, an exponential and a sum: what a device lacks in a precision it lacks there.</summary>
    private static Place Usable(Place place, string name)
    {
        if (place.DType == DType.TensorFloat32 && place.Device.type == DeviceType.CPU)
        {
            throw new UnavailableException("the cpu has no tf32; expected --device cuda, or float32");
        }

        using var scope = NewDisposeScope();
        try
        {
            var tried = place.Take(new Contract.Tensor([2, 2], [1.0, 2, 3, 4]));
            place.Give(tried.mm(tried).exp().sum());
            return place;
        }
        catch (ExternalException lacks) when (!lacks.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnavailableException($"{name} cannot compute in {place.DType.WireName()} with this libtorch ({OneLine(lacks.Message)}); take another --dtype");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Trim();
}
