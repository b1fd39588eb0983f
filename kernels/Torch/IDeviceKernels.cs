namespace LatentConformance.Torch;

/// <summary>Kernels on one device and in one precision: asked once, or prepared and run many times.</summary>
public interface IDeviceKernels : IAnswersByName, IDescribed
{
    /// <summary>How many of the host's threads they work with, where the device is the host.</summary>
    void UseThreads(int threads);

    /// <exception cref="KeyNotFoundException">An operation that is not offered.</exception>
    IPreparedCall Prepare(Operation operation, IReadOnlyDictionary<string, Contract.Tensor> inputs);
}
