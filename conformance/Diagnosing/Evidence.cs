using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>One question with what was expected and what came back: what a diagnosis has to explain.</summary>
public sealed record Evidence(
    IReadOnlyDictionary<string, Tensor> Inputs,
    IReadOnlyDictionary<string, Tensor> Expected,
    IReadOnlyDictionary<string, Tensor> Given,
    bool Strict)
{
    public bool IsRight(Operation operation, Precision precision) =>
        Judge.Judged(operation.Outputs, Expected, Given, precision, Strict).Right;

    /// <summary>The inputs as the reference takes them.</summary>
    public IReadOnlyDictionary<string, Tensor> Wide { get; } =
        Inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(DType.Float64));

    /// <summary>What a wrong factor may be made of: the sizes of the named axes, and the inputs that are one number.</summary>
    public IReadOnlyDictionary<string, double> Quantities(Operation operation)
    {
        var sizes = new Dictionary<string, int>();
        Signature.Misfit(operation.Inputs, Inputs, sizes);
        Signature.Misfit(operation.Outputs, Expected, sizes);
        return sizes.Select(s => (s.Key, Value: (double)s.Value))
            .Concat(operation.Inputs.Where(f => f.Axes.Count == 0).Select(f => (Key: f.Name, Value: Inputs[f.Name][0])))
            .ToDictionary(q => q.Key, q => q.Value);
    }
}
