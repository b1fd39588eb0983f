using System.Runtime.InteropServices;

namespace LatentConformance.Torch;

/// <summary>The operations that a static method with [Kernel] answers, on one device and in one precision; their gradients by autograd.</summary>
public sealed class TorchKernels : IAnswersByName, IDescribed
{
    private readonly Place place;

    /// <exception cref="UnavailableException">No native library, no such device, or a precision that it lacks.</exception>
    public TorchKernels(string device = "cpu", DType dtype = DType.Float32)
    {
        place = Devices.Find(device, dtype);

        // For what begins as whole numbers: codes out of indices.
        set_default_dtype(dtype == DType.Float64 ? float64 : float32);
        Description = new Description("torch", typeof(torch).Assembly.GetName().Version!.ToString(3), dtype, device);
    }

    public Description Description { get; }

    public bool Offers(Operation operation) => TorchKernel.All.ContainsKey((operation.Forward ?? operation).Name);

    public Dictionary<string, Contract.Tensor> Answer(Operation operation, IReadOnlyDictionary<string, Contract.Tensor> inputs)
    {
        // On the host, where looking costs nothing: an index out of range would end a GPU's context, and every call after it.
        foreach (var domain in operation.Domains)
        {
            domain.RefuseOutside(inputs);
        }

        // Everything that an operation makes is disposed of here, whatever it throws.
        using var scope = NewDisposeScope();
        try
        {
            var kernel = TorchKernel.All[(operation.Forward ?? operation).Name];
            var made = operation.Forward is null
                ? kernel.Call(inputs, name => place.Take(inputs[name]))
                : Gradients.Of(kernel, operation, inputs, place);
            return made.ToDictionary(m => m.Key, m => place.Give(m.Value));
        }
        catch (ExternalException lacks) when (lacks.Message.Contains("not implemented for", StringComparison.Ordinal))
        {
            // An answer that says so: the device lacks it in this precision, which is nobody's mistake.
            throw new NotSupportedException(lacks.Message.Split('\n')[0]);
        }
        catch (ExternalException failed) when (failed.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnavailableException($"{Description.Device} has too little memory left for {operation.Name}; take another device, or close what else uses it");
        }
    }
}
