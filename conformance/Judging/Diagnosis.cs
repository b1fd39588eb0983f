using LatentConformance.Contract;

namespace LatentConformance.Conformance.Judging;

/// <summary>Holds wrong answers against the known mistakes' answers to the same questions.</summary>
public sealed class Diagnosis(IReadOnlyList<Mistake> mistakes)
{
    /// <summary>Roundings that an answer may be from the mistake's own: mistakes carry no error bound of their own.</summary>
    private const double Roundings = 256;

    /// <summary>
    /// The one mistake that explains every answer, right ones included, and differs from what was expected somewhere.
    /// None or several: null, rather than a guess.
    /// </summary>
    public Mistake? Explain(
        Operation operation,
        IReadOnlyList<(IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Given)> answers,
        Precision precision)
    {
        var candidates = mistakes
            .Where(m => m.Operation == operation.Name && answers.Count > 0 && answers.All(a => Matches(m, a.Inputs, a.Given, precision)))
            .ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static bool Matches(
        Mistake mistake, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> given, Precision precision)
    {
        IReadOnlyDictionary<string, Tensor> wrong;
        try
        {
            wrong = mistake.Answer(inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(DType.Float64)));
        }
        catch (ArgumentException)
        {
            return false;
        }

        return wrong.All(w => !given.TryGetValue(w.Key, out var answer) || Near(w.Value, answer, precision));
    }

    private static bool Near(Tensor wrong, Tensor given, Precision precision)
    {
        if (wrong.Count != given.Count)
        {
            return false;
        }

        var scale = wrong.ToDoubles().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < wrong.Count; i++)
        {
            var same = wrong[i].Equals(given[i]) || wrong[i] == given[i];
            if (!same && !(Math.Abs(wrong[i] - given[i]) <= Roundings * precision.Storage * scale))
            {
                return false;
            }
        }

        return true;
    }
}
