using LatentConformance.Conformance.Judging;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>A case that was asked: what went in, what was expected, what came back, what the judge said.</summary>
/// <param name="Given">Null where the outcome is no answer to be judged.</param>
public sealed record Asked(
    Operation Operation,
    VectorCase Case,
    bool Strict,
    IReadOnlyDictionary<string, Tensor> Inputs,
    IReadOnlyDictionary<string, Tensor> Expected,
    IReadOnlyDictionary<string, Tensor>? Given,
    Outcome Outcome,
    Finding Finding);
