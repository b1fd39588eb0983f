using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Reports;

/// <summary>The person's report: a line an operation, then what failed and how to run just that, then the counts.</summary>
public static class TextReport
{
    /// <summary>Failures of an operation that the first screen shows: they tend to say one thing.</summary>
    private const int Shown = 3;

    /// <param name="target">The implementation as the command line names it: what a replay line ends with.</param>
    /// <param name="all">Every failure in place of the first few of each operation.</param>
    public static string Verify(Report report, string toolVersion, string target, bool colour, bool all = false)
    {
        var text = new StringBuilder();
        var who = report.Implementation;
        var ways = who.Profile is null ? "" : $", profile {who.Profile}";
        text.Append(CultureInfo.InvariantCulture, $"latent {toolVersion}, spec {report.SpecVersion}: {who.Name} {who.Version}, {who.DType.WireName()} on {who.Device}, seed {report.Seed}{ways}{(report.Shard is null ? "" : $", shard {report.Shard}")}\n\n");
        Under(text, who);
        Operations(text, report, colour);
        Failures(text, report, target, colour, all ? int.MaxValue : Shown);
        Counts(text, report, colour);
        return text.ToString();
    }

    /// <summary>What was declared and departs from the house: the verdict is reached under it.</summary>
    private static void Under(StringBuilder text, Description who)
    {
        string[] lines =
        [
            .. Lines("", who.Conventions),
            .. who.ByOperation.GroupBy(o => o.Value, o => o.Key).SelectMany(g => Lines($"{string.Join(", ", g.Order(StringComparer.Ordinal))} ", g.Key)),
        ];
        text.Append(string.Concat(lines.Order(StringComparer.Ordinal))).Append(lines.Length == 0 ? "" : "\n");

        static IEnumerable<string> Lines(string of, Conventions declared)
        {
            var departures = string.Join(", ", declared.Departures());
            return departures.Length == 0 ? [] : [$"  {of}under {departures}\n"];
        }
    }

    /// <summary>An operation and its gradient share a line: what is wrong in one is looked for in the other.</summary>
    private static void Operations(StringBuilder text, Report report, bool colour)
    {
        var asked = report.Results.Where(r => !r.Strict && r.Operation is not null && r.Outcome is not (Outcome.Unsupported or Outcome.Skipped))
            .SelectMany(r => r.Operation!.Split(", ").Select(o => (Row: Row(o), IsGradient: Row(o) != o, Result: r)))
            .Distinct()
            .ToLookup(r => r.Row);
        if (asked.Count == 0)
        {
            return;
        }

        var width = asked.Max(r => r.Key.Length);
        text.Append(CultureInfo.InvariantCulture, $"  {"operation".PadRight(width)}      values    gradient      claims   bound used\n");
        foreach (var row in asked.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            var vectors = row.Where(r => r.Result.Kind != ResultKind.Claim).ToArray();
            var values = Part(vectors.Where(r => !r.IsGradient).Select(r => r.Result));
            var gradient = Part(vectors.Where(r => r.IsGradient).Select(r => r.Result));
            var claims = Part(row.Where(r => r.Result.Kind == ResultKind.Claim).Select(r => r.Result).Distinct());
            var right = row.All(r => r.Result.Outcome is Outcome.Pass);
            var margin = vectors.Where(r => r.Result.Outcome == Outcome.Pass).Max(r => r.Result.Margin);
            text.Append(CultureInfo.InvariantCulture, $"{Mark(right, colour)} {row.Key.PadRight(width)}  {values,10}  {gradient,10}  {claims,10}  {Percent(margin),11}\n");
        }

        text.Append('\n');
    }

    private static string Row(string operation) =>
        operation.EndsWith(Operation.GradientSuffix, StringComparison.Ordinal) ? operation[..^Operation.GradientSuffix.Length] : operation;

    private static void Failures(StringBuilder text, Report report, string target, bool colour, int most)
    {
        var wrong = report.Results.Concat(report.Spec).Where(r => r.Outcome is Outcome.Fail or Outcome.Error).ToArray();
        var guilty = wrong.Where(r => r.Kind != ResultKind.Claim && !r.Strict).Select(r => r.Operation).ToHashSet();
        foreach (var group in wrong.GroupBy(r => (r.Strict, About: About(r, guilty))).OrderBy(g => g.Key.Strict).ThenBy(g => g.Key.About, StringComparer.Ordinal))
        {
            // Cases before claims: they say what the wrong answers look like.
            OfOne(text, group.Key.About, [.. group.OrderBy(r => r.Kind)], report.Seed, target, colour, most);
        }

        if (wrong.Length > 0)
        {
            text.Append('\n');
        }
    }

    /// <summary>A claim that calls several operations is told with the one whose own cases are wrong.</summary>
    private static string About(Result result, HashSet<string?> guilty) =>
        result.Operation is null ? "the spec's own" : result.Operation.Split(", ").FirstOrDefault(guilty.Contains) ?? result.Operation;

    private static void OfOne(StringBuilder text, string about, Result[] wrong, ulong seed, string target, bool colour, int most)
    {
        foreach (var result in wrong.Take(most))
        {
            var label = result.Strict ? "strict" : result.Outcome == Outcome.Fail ? "FAIL" : "ERROR";
            text.Append(CultureInfo.InvariantCulture, $"{Coloured(label, result.Strict ? "33" : "31", colour)} {result.Id}{(result.Kind == ResultKind.Claim ? $" ({result.Source})" : "")}\n");
            text.Append(CultureInfo.InvariantCulture, $"     {result.Message}\n");
            text.Append(CultureInfo.InvariantCulture, $"     replay: latent replay {result.Id} --seed {seed} {target}\n");
        }

        if (wrong.Length > most)
        {
            text.Append(CultureInfo.InvariantCulture, $"     and {wrong.Length - most} more of {about}: --all shows them\n");
        }
    }

    private static void Counts(StringBuilder text, Report report, bool colour)
    {
        var summary = report.Summary;
        if (summary.StrictPassed + summary.StrictFailed > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"strict: {summary.StrictPassed} of {summary.StrictPassed + summary.StrictFailed} hold; these ask for more than ordinary code must give\n");
        }

        if (report.Spec.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"the spec's own: {report.Spec.Count(r => r.Outcome == Outcome.Pass)} of {report.Spec.Count} statements that call no operation hold\n");
        }

        var missing = report.Results.Where(r => r.Outcome == Outcome.Unsupported && r.Kind == ResultKind.Vector).Select(r => r.Operation).Distinct().Count();
        if (missing > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"not offered: {missing} operations; 'latent ops' lists them all\n");
        }

        if (summary.ExpectedFailures > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"the baseline: {summary.ExpectedFailures} wrong as it says\n");
        }

        if (report.StoppedEarly)
        {
            text.Append("stopped at the first failure; the rest was not asked\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{summary.Comparisons} comparisons\n");
        var counts = $"{summary.Passed} passed, {summary.Failed} failed, {summary.Errors} errors, {summary.Unsupported} unsupported, {summary.Skipped} skipped";
        var ownFailed = report.Spec.Count(r => r.Outcome != Outcome.Pass);
        counts += ownFailed == 0 ? "" : $", {ownFailed} of the spec's own failed";
        text.Append(Coloured(counts, report.Holds ? "32" : "31", colour)).Append('\n');
    }

    private static string Part(IEnumerable<Result> results)
    {
        var asked = results.ToArray();
        return asked.Length == 0 ? "-" : $"{asked.Count(r => r.Outcome == Outcome.Pass)} of {asked.Length}";
    }

    private static string Percent(double? share) => share is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(share.Value * 100)} %");

    private static string Mark(bool right, bool colour) => right ? " " : Coloured("!", "31", colour);

    private static string Coloured(string text, string code, bool colour) => colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
