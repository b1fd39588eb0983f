namespace LatentConformance.Torch;

/// <summary>The operations that a static method with [Kernel] answers, on one device and in one precision; their gradients by autograd.</summary>
public sealed class TorchKernels : IDeviceKernels
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

    public void UseThreads(int threads) => set_num_threads(threads);

    public IPreparedCall Prepare(Operation operation, IReadOnlyDictionary<string, Contract.Tensor> inputs) => new PreparedCall(operation, inputs, place);

    public Dictionary<string, Contract.Tensor> Answer(Operation operation, IReadOnlyDictionary<string, Contract.Tensor> inputs)
    {
        // On the host, where looking costs nothing: an index out of range would end a GPU's context, and every call after it.
        foreach (var domain in operation.Domains)
        {
            domain.RefuseOutside(inputs);
        }

        using var call = Prepare(operation, inputs);
        return call.Answer();
    }
}
