using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LatentConformance.Compare;

/// <summary>
/// Two marks in a GPU's default stream and the time between them, as torch.cuda.Event takes it. TorchSharp has no events, the CUDA runtime
/// that libtorch has loaded does: it is asked by name, and that very copy of it.
/// </summary>
internal sealed unsafe class CudaEvents
{
    private readonly delegate* unmanaged<nint, nint, int> record;
    private readonly delegate* unmanaged<nint, int> synchronize;
    private readonly delegate* unmanaged<float*, nint, nint, int> elapsed;
    private readonly nint began;
    private readonly nint ended;

    private CudaEvents(nint runtime, int device)
    {
        record = (delegate* unmanaged<nint, nint, int>)NativeLibrary.GetExport(runtime, "cudaEventRecord");
        synchronize = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(runtime, "cudaEventSynchronize");
        elapsed = (delegate* unmanaged<float*, nint, nint, int>)NativeLibrary.GetExport(runtime, "cudaEventElapsedTime");
        var choose = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(runtime, "cudaSetDevice");
        var create = (delegate* unmanaged<nint*, int>)NativeLibrary.GetExport(runtime, "cudaEventCreate");

        // An event belongs to the device that is current when it is made, and so does the default stream.
        Check(choose(device), "cudaSetDevice");
        nint first, second;
        Check(create(&first), "cudaEventCreate");
        Check(create(&second), "cudaEventCreate");
        (began, ended) = (first, second);
    }

    /// <param name="device">cuda or cuda:1, which works.</param>
    /// <returns>Null where no CUDA runtime is loaded as a library of its own.</returns>
    public static CudaEvents? Find(string device)
    {
        using var here = Process.GetCurrentProcess();
        var runtime = here.Modules.Cast<ProcessModule>().Select(m => m.FileName).FirstOrDefault(f => Path.GetFileName(f).Contains("cudart", StringComparison.OrdinalIgnoreCase));
        return runtime is null ? null : new CudaEvents(NativeLibrary.Load(runtime), int.Parse(device.Split(':').ElementAtOrDefault(1) ?? "0", CultureInfo.InvariantCulture));
    }

    public double Time(Action turn)
    {
        Check(record(began, 0), "cudaEventRecord");
        turn();
        Check(record(ended, 0), "cudaEventRecord");
        Check(synchronize(ended), "cudaEventSynchronize");
        float milliseconds;
        Check(elapsed(&milliseconds, began, ended), "cudaEventElapsedTime");
        return milliseconds;
    }

    private static void Check(int code, string call)
    {
        if (code != 0)
        {
            throw new CannotRunException($"{call} answers error {code}: the GPU cannot time what it does; look at nvidia-smi");
        }
    }
}
