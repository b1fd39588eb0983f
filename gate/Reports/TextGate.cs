using System.Globalization;
using System.Text;
using LatentConformance.Gate.Deciding;

namespace LatentConformance.Gate.Reports;

/// <summary>For a person at a terminal.</summary>
public static class TextGate
{
    public static string Of(GateReport report, string toolVersion)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"latent {toolVersion}: {report.Candidate} against {report.Baseline}\n\n");
        string[][] rows =
        [
            ["operation", "verdict", "change", "interval", "pairs", "candidate", "baseline", "allocates"],
            .. report.Operations.Select(o => new[]
            {
                o.Operation, Words.Of(o.Verdict), o.Interval is { } i ? Words.Change(i.Median) : "", Words.Interval(o), o.Pairs == 0 ? "" : o.Pairs.ToString(CultureInfo.InvariantCulture),
                Words.Time(o.Seconds.Candidate), Words.Time(o.Seconds.Baseline), Words.Bytes(o),
            }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        for (var r = 0; r < rows.Length; r++)
        {
            var mark = r > 0 && report.Operations[r - 1].Fails ? '!' : ' ';
            text.Append($"{mark} {string.Join("  ", rows[r].Select((cell, c) => cell.PadRight(widths[c])))}".TrimEnd()).Append('\n');
        }

        foreach (var one in report.Operations.Where(o => o.Verdict == Verdict.Wrong))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nWRONG {one.Operation}\n     {one.Why}\n");
        }

        var notes = Words.Notes(report).ToArray();
        text.Append(notes.Length == 0 ? "" : $"\n{string.Join('\n', notes)}\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{Words.Counts(report)}; at most {100 * report.Alpha:0.#} % of runs raise a false alarm; {report.Taken.TotalSeconds:0.0} s\n");
        return text.ToString();
    }
}
