using LatentConformance.Conformance.Implementations;
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
                   where Explains(operation, core, conventions, precision)
                   select $"{name}: {value}"];
    }

    /// <summary>A case that has no value under the convention, as the mean of an empty batch, would not be asked if it were declared.</summary>
    private bool Explains(Operation operation, Evidence[] core, Conventions conventions, Precision precision)
    {
        var asked = core
            .Select(e => (Evidence: e, Answer: oracle.Ask(operation, e.Wide, conventions)))
            .Where(a => a.Answer is not Refused)
            .ToArray();
        return asked.Any(a => !a.Evidence.IsRight(operation, precision))
            && asked.All(a => a.Answer is Answered other && (a.Evidence with { Expected = other.Outputs }).IsRight(operation, precision));
    }
}
