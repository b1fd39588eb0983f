using System.Globalization;
using System.Text;
using LatentConformance.Gate.Deciding;

namespace LatentConformance.Gate.Reports;

/// <summary>For a job's summary.</summary>
public static class MarkdownGate
{
    public static string Of(GateReport report)
    {
        var text = new StringBuilder();
        var headline = report.Fails ? "Fails" : report.IsUndecided ? "Undecided" : "Passes";
        text.Append(CultureInfo.InvariantCulture, $"## {headline}: {Cell(report.Candidate)} against {Cell(report.Baseline)}\n\n{Words.Counts(report)}; at most {100 * report.Alpha:0.#} % of runs raise a false alarm.\n\n");
        text.Append("| operation | verdict | change | interval | pairs | candidate | baseline | allocates |\n| --- | --- | ---: | --- | ---: | ---: | ---: | ---: |\n");
        foreach (var o in report.Operations)
        {
            var verdict = o.Fails ? $"**{Words.Of(o.Verdict)}**" : Words.Of(o.Verdict);
            text.Append(CultureInfo.InvariantCulture, $"| `{o.Operation}` | {verdict} | {(o.Interval is { } i ? Words.Change(i.Median) : "")} | {Words.Interval(o)} | {o.Pairs} | {Words.Time(o.Seconds.Candidate)} | {Words.Time(o.Seconds.Baseline)} | {Words.Bytes(o)} |\n");
        }

        foreach (var one in report.Operations.Where(o => o.Verdict == Verdict.Wrong))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{one.Operation}` is wrong: {Cell(one.Why ?? "")}\n");
        }

        var notes = Words.Notes(report).ToArray();
        return text.Append(string.Concat(notes.Select(n => $"\n- {Cell(n)}"))).Append(notes.Length == 0 ? "" : "\n").ToString();
    }

    private static string Cell(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
