using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Holds wrong answers against what the reference answers under conventions that were not declared.</summary>
internal sealed class UndeclaredConventions(Oracle oracle, Conventions declared)
{
    /// <summary>
    /// The conventions, as "reduce: sum", each of which alone makes every answer right. Ordinary code under another convention
    /// is ordinary still: what only careful code gets right says nothing of it.
    /// </summary>
    public IReadOnlyList<string> Explaining(Operation operation, IReadOnlyList<Evidence> evidence, Precision precision)
    {
        var core = evidence.Where(e => !e.Strict).ToArray();
        if (core.All(e => e.IsRight(operation, precision)))
        {
            return [];
        }

        return [.. from name in operation.Honours
                   from value in Conventions.Known[name]
                   where value != declared.Value(name)
                   let conventions = declared.With(name, value)
                   where core.All(e => Fits(operation, e, conventions, precision))
                   select $"{name}: {value}"];
    }

    private bool Fits(Operation operation, Evidence one, Conventions conventions, Precision precision) =>
        oracle.Ask(operation, one.Wide, conventions) is Answered other
        && Judge.Judged(operation.Outputs, other.Outputs, one.Given, precision, one.Strict).Right;
}
