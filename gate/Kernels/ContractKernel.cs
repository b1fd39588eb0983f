using LatentConformance.Contract;
using LatentConformance.Gate.Workloads;

namespace LatentConformance.Gate.Kernels;

/// <summary>The method of the contract, tensors and all, of a class that has no span kernel for the operation.</summary>
internal sealed class ContractKernel(object instance, Operation operation) : IKernel
{
    private readonly Dictionary<Buffers, IReadOnlyDictionary<string, Tensor>> answers = [];

    public object Instance => instance;

    public string Shown => $"{instance.GetType().Name}, by the contract";

    public DType DType { get; } = (instance as IDescribed)?.Description.DType ?? DType.Float32;

    public Action Call(Buffers buffers)
    {
        var element = DType == DType.Float64 ? typeof(double) : typeof(float);
        var inputs = operation.Inputs.ToDictionary(f => f.Name, f => buffers.Tensor(f, f.Kind is FieldKind.Int ? typeof(long) : element));
        return () => answers[buffers] = operation.Invoke(instance, inputs);
    }

    public IReadOnlyDictionary<string, Tensor> Outputs(Buffers buffers) => answers[buffers];
}
