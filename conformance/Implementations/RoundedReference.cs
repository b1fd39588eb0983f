using LatentConformance.Contract;

namespace LatentConformance.Conformance.Implementations;

/// <summary>
/// The best that an implementation in this dtype could answer: the reference's answers, rounded. What it fails, no
/// implementation in the dtype can pass.
/// </summary>
internal sealed class RoundedReference(Oracle oracle, DType dtype) : IAnswerer
{
    public Description Description { get; } = new("reference, rounded", "1", dtype);

    public bool Offers(Operation operation) => true;

    public Answer Ask(Operation operation, IReadOnlyDictionary<string, Tensor> inputs) =>
        oracle.Ask(operation, inputs.ToDictionary(i => i.Key, i => In(DType.Float64, i.Value)), Conventions.House) switch
        {
            Answered answered => new Answered(answered.Outputs.ToDictionary(o => o.Key, o => In(dtype, o.Value))),
            var other => other,
        };

    private static Tensor In(DType type, Tensor tensor) => tensor.DType == DType.Int64 ? tensor : tensor.As(type);
}
