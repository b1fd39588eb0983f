using System.Text;

namespace LatentConformance.Compare;

/// <summary>The tables, as Markdown: they are read on a terminal, and kept in benchmarks/results.</summary>
internal static class Report
{
    public const string Met = "met";
    public const string NotMet = "NOT met";
    public const string DoesNotFit = "does not fit";

    public static string Bars(IReadOnlyList<Measured> all)
    {
        var text = new StringBuilder();
        text.AppendLine("| case | ours | held against | times as fast: median [quartiles] (range) | best to best | bar | |");
        text.AppendLine("|---|--:|---|---|--:|---|---|");
        foreach (var measured in all)
        {
            foreach (var (outcome, i) in measured.Outcomes.Select((o, i) => (o, i)))
            {
                var first = i == 0;
                text.AppendLine(
                    $"| {(first ? measured.Case.Title : "")} | {(first ? Ours(measured) : "")} | {Against(measured, outcome)} | {Ratio(outcome)} | {Bests(measured, outcome)} | {outcome.Bar} | {Verdict(outcome)} |");
            }
        }

        return text.ToString();
    }

    /// <summary>Everyone's times: the bars say who was fastest, this says by how much the rest were slower.</summary>
    public static string Times(IReadOnlyList<Measured> all)
    {
        var text = new StringBuilder();
        text.AppendLine("| case | who | best | median | GB/s | times ours |");
        text.AppendLine("|---|---|--:|--:|--:|---|");
        foreach (var measured in all)
        {
            foreach (var (entry, i) in measured.Entries.Select((e, i) => (e, i)))
            {
                if (!entry.Fits)
                {
                    text.AppendLine($"| {(i == 0 ? measured.Case.Title : "")} | {entry.Name} | {DoesNotFit} | | | |");
                    continue;
                }

                var bandwidth = measured.Case.Limit is not null ? Text.Invariant($"{measured.GigabytesPerSecond(entry):0.0}") : "";
                var ratio = measured.Ours is null || entry.Kind == Kind.Ours ? "" : Text.Ratio(Spread.OfRatios(entry.Milliseconds, measured.Ours.Milliseconds));
                text.AppendLine(
                    $"| {(i == 0 ? measured.Case.Title : "")} | {entry.Name} | {Text.Milliseconds(entry.Milliseconds.Min())} | {Text.Milliseconds(entry.Median)} | {bandwidth} | {ratio} |");
            }
        }

        return text.ToString();
    }

    public static string Answers(IReadOnlyList<Measured> all) => string.Concat(all
        .Where(m => m.Agreement is not null)
        .Select(m => $"- {m.Case.Title}: {m.Agreement!.Words}{(m.Agreement.Holds ? "" : $" **{NotMet}**")}\n"));

    public static string Growths(IEnumerable<(string Axis, string Sizes, Growth Growth)> all)
    {
        var text = new StringBuilder();
        text.AppendLine("| vq_assign in | sizes and medians | straight line | R² | grows as |");
        text.AppendLine("|---|---|---|--:|---|");
        foreach (var (axis, sizes, growth) in all)
        {
            text.AppendLine(Text.Invariant($"| {axis} | {sizes} | {growth.Intercept:0.00} + {growth.Slope * 1000:0.000} ms per 1000 | {growth.RSquared:0.0000} | {axis}^{growth.Exponent:0.00} |"));
        }

        return text.ToString();
    }

    private static string Ours(Measured measured) => measured.Ours is { } ours ? Text.Milliseconds(ours.Median) : "no kernel";

    private static string Against(Measured measured, Outcome outcome) => outcome.Against is not { } against ? "nobody here"
        : !against.Fits ? $"{against.Name}: {DoesNotFit}"
        : outcome.Bar.Kind is BarKind.Bandwidth or BarKind.Copy && measured.Ours is { } ours
            ? Text.Invariant($"{against.Name}: {measured.GigabytesPerSecond(against):0.0} GB/s, ours {measured.GigabytesPerSecond(ours):0.0}")
            : $"{against.Name}: {Text.Milliseconds(against.Median)}";

    private static string Verdict(Outcome outcome) => outcome.Bar.IsShown ? "" : outcome.IsMet ? Met : $"**{NotMet}**";

    private static string Ratio(Outcome outcome) => outcome.Ratio is { } ratio ? Text.Ratio(ratio) : "";

    /// <summary>The least disturbed of each side: what is left to look at when the machine was busy.</summary>
    private static string Bests(Measured measured, Outcome outcome) => measured.Ours is { } ours && outcome.Against is { Fits: true } against
        ? Text.Invariant($"{against.Milliseconds.Min() / ours.Milliseconds.Min():0.00}")
        : "";
}
