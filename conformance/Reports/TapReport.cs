using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Running;

namespace LatentConformance.Conformance.Reports;

/// <summary>TAP 14: one line a result, what was not asked as SKIP, what is strict or in the baseline as TODO.</summary>
public static class TapReport
{
    public static string Verify(Report report)
    {
        var results = report.Results.Concat(report.Spec).ToArray();
        var text = new StringBuilder("TAP version 14\n");
        text.Append(CultureInfo.InvariantCulture, $"1..{results.Length}\n");
        for (var i = 0; i < results.Length; i++)
        {
            var (result, wrong) = (results[i], results[i].Outcome is Outcome.Fail or Outcome.Error or Outcome.ExpectedFailure);
            var directive = result.Outcome is Outcome.Skipped or Outcome.Unsupported ? $" # SKIP {Escaped(result.Message)}"
                : wrong && result.Outcome == Outcome.ExpectedFailure ? " # TODO in the baseline"
                : wrong && result.Strict ? " # TODO strict"
                : "";
            text.Append(CultureInfo.InvariantCulture, $"{(wrong ? "not ok" : "ok")} {i + 1} - {Escaped(result.Id)}{directive}\n");
            if (wrong)
            {
                text.Append(CultureInfo.InvariantCulture, $"  ---\n  outcome: {Names.Of(result.Outcome)}\n  message: \"{Quoted(result.Message)}\"\n  ...\n");
            }
        }

        return text.ToString();
    }

    private static string Escaped(string? text) =>
        (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);

    private static string Quoted(string? text) =>
        (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
