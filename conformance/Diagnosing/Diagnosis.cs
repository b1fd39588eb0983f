using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>
/// What wrong answers look like: how they follow from ours by arithmetic, which convention would make them right, which known
/// mistake gives the same. Each is said only where it accounts for every answer, and where nothing as simple does too.
/// </summary>
public sealed class Diagnosis(IReadOnlyList<Mistake> mistakes, Oracle oracle)
{
    private static readonly IReader[] Readers = [new Scaled(), new Shifted(), new Rearranged(), new Reordered(), new Weighed()];

    private readonly KnownMistakes known = new(mistakes);

    /// <summary>One line, or null where there is nothing to say.</summary>
    public string? Of(Operation operation, IReadOnlyList<Evidence> evidence, Description implementation)
    {
        var precision = Precision.Of(implementation.DType);
        if (evidence.All(e => e.IsRight(operation, precision)))
        {
            return null;
        }

        string?[] parts =
        [
            Arithmetic(operation, evidence, precision),
            Convention(new UndeclaredConventions(oracle, implementation.For(operation)).Explaining(operation, evidence, precision)),
            Mistake(known.Explain(operation, evidence, precision)),
        ];
        return parts.All(p => p is null) ? null : string.Join("; ", parts.Where(p => p is not null));
    }

    private static string? Convention(IReadOnlyList<string> fitting) =>
        fitting.Count == 0 ? null : $"this is {string.Join(" or ", fitting)}; declare it, or mend it";

    private static string? Mistake(Mistake? mistake) =>
        mistake is null ? null : $"this is {mistake.Name} ({mistake.Id}): {mistake.Symptom} {mistake.Mend}";

    /// <summary>"your d_mu is ours times 2 in 9 of 9 cases": every wrong output has to have its reading, or none is told.</summary>
    private static string? Arithmetic(Operation operation, IReadOnlyList<Evidence> evidence, Precision precision)
    {
        var wrong = operation.Outputs.Select(f => new Output(operation, f, evidence, precision)).Where(o => o.IsWrong).ToArray();
        var readings = wrong.Select(Simplest).ToArray();
        if (wrong.Length == 0 || readings.Contains(null))
        {
            return null;
        }

        return string.Join(", ", wrong.Zip(readings, (o, r) => (o.Field.Name, Cases: o.Samples.Count, Reading: r!))
            .GroupBy(t => (t.Reading, t.Cases), t => t.Name)
            .Select(g => Told(operation.Outputs.Count == 1 ? ["values"] : [.. g], g.Key.Reading, g.Key.Cases)));
    }

    private static string Told(string[] names, Reading reading, int cases)
    {
        var all = names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
        var isOne = names.Length == 1 && (!all.EndsWith('s') || all.EndsWith("ss", StringComparison.Ordinal));
        return $"your {all} {(isOne ? "is" : "are")} {reading.Text} in {cases} of {cases} cases{(reading.Remark is null ? "" : $": {reading.Remark}")}";
    }

    private static Reading? Simplest(Output output)
    {
        var simplest = Readers.SelectMany(r => r.Read(output)).GroupBy(r => r.Complexity).MinBy(g => g.Key)?.DistinctBy(r => r.Text).Take(2).ToArray();
        return simplest is [var only] ? only : null;
    }
}
