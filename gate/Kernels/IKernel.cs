using LatentConformance.Contract;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Kernels;

/// <summary>What is timed of an operation: a span kernel, or where there is none the method of the contract.</summary>
public interface IKernel
{
    /// <summary>The method, as a report names it.</summary>
    string Shown { get; }

    /// <summary>The type of its floating values; the narrowest where they differ.</summary>
    DType DType { get; }

    /// <summary>The kernel on these arrays, with everything prepared that is not its own work.</summary>
    Action Call(Buffers buffers);

    /// <summary>What the last call on these arrays left.</summary>
    IReadOnlyDictionary<string, Tensor> Outputs(Buffers buffers);
}
