using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>Whether a case is asked of every implementation in a dtype or only shows what a careful one gets right.</summary>
public enum Level
{
    Core,
    Strict,
}

/// <summary>
/// Inputs and what a right implementation answers: outputs with their tolerance, or (<see cref="Refuses"/>) a refusal.
/// </summary>
/// <param name="Levels">The dtypes that the case suits; a dtype in which zeros would pass is not among them.</param>
public sealed record VectorCase(
    string Id,
    string About,
    IReadOnlyDictionary<string, Tensor> Inputs,
    IReadOnlyDictionary<string, Tensor> Outputs,
    IReadOnlyDictionary<DType, Level> Levels,
    bool Refuses);

/// <summary>Every case of one operation: what goldens/&lt;operation&gt;.verified.json holds.</summary>
public sealed record Golden(string Operation, string Signature, string SpecVersion, IReadOnlyList<VectorCase> Cases)
{
    /// <summary>The conventions that change what a right answer is: under another one than the house's these cases do not count.</summary>
    public IReadOnlyList<string> Conventions { get; init; } = [];
}
