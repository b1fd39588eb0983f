using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Holds wrong answers against the known mistakes' answers to the same questions.</summary>
internal sealed class KnownMistakes(IReadOnlyList<Mistake> mistakes)
{
    /// <summary>
    /// Roundings that an answer may be from the mistake's own, which carries no error bound: many of a running sum, few of
    /// storing. In a narrow dtype, which sums in float32, many of storing would let anything pass for anything.
    /// </summary>
    private const double SumRoundings = 256;
    private const double StoredRoundings = 4;

    /// <summary>
    /// The one mistake that explains every answer, right ones included, and is itself wrong somewhere in them. None or
    /// several: null, rather than a guess.
    /// </summary>
    public Mistake? Explain(Operation operation, IReadOnlyList<Evidence> evidence, Precision precision)
    {
        var candidates = mistakes.Where(m => m.Operation == operation.Name && Explains(m, operation, evidence, precision)).Take(2).ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static bool Explains(Mistake mistake, Operation operation, IReadOnlyList<Evidence> evidence, Precision precision)
    {
        var isWrong = false;
        foreach (var one in evidence)
        {
            if (Wrong(mistake, one, precision) is not { } wrong || !operation.Outputs.All(f => Near(f, wrong, one, precision)))
            {
                return false;
            }

            isWrong = isWrong || !(one with { Given = wrong }).IsRight(operation, precision);
        }

        return isWrong;
    }

    /// <summary>The mistake's outputs as an implementation of this precision would store them; null where it has none.</summary>
    private static Dictionary<string, Tensor>? Wrong(Mistake mistake, Evidence one, Precision precision)
    {
        try
        {
            return mistake.Answer(one.Wide).ToDictionary(o => o.Key, o => o.Value.DType == DType.Int64 ? o.Value : o.Value.As(precision.DType));
        }
        catch (Exception other) when (other is ArgumentException or IndexOutOfRangeException)
        {
            // It refuses, or it is written for the house's conventions and the question came in another shape.
            return null;
        }
    }

    /// <summary>Outputs that the mistake leaves out are right, and those that were not given cannot speak against it.</summary>
    private static bool Near(Field field, Dictionary<string, Tensor> wrong, Evidence one, Precision precision)
    {
        if (!one.Given.TryGetValue(field.Name, out var given))
        {
            return true;
        }

        return wrong.TryGetValue(field.Name, out var answer)
            ? Near(answer, given, one.Expected[field.Name], precision)
            : Judge.Judged(field, one.Expected[field.Name], given, precision, one.Strict).Right;
    }

    /// <summary>
    /// Within some roundings of the largest value; and, since a wrong formula cancels where the right one does, within the
    /// right one's bound. Whole numbers agree exactly.
    /// </summary>
    private static bool Near(Tensor wrong, Tensor given, Tensor expected, Precision precision)
    {
        if (!wrong.SameShape(given) && (wrong.Count != 1 || given.Count != 1))
        {
            return false;
        }

        var scale = wrong.ToDoubles().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < wrong.Count; i++)
        {
            var bound = expected.Tolerance is { } tolerance && i < expected.Count ? tolerance.Allowed(i, precision, strict: false) : 0;
            var slack = wrong.DType == DType.Int64 ? 0 : (((SumRoundings * precision.Accumulate) + (StoredRoundings * precision.Storage)) * scale) + bound;
            var same = wrong[i].Equals(given[i]) || wrong[i] == given[i];
            if (!same && !(Math.Abs(wrong[i] - given[i]) <= slack))
            {
                return false;
            }
        }

        return true;
    }
}
