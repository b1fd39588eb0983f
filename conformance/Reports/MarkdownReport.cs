using System.Globalization;
using System.Text;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Reports;

/// <summary>A page for a pull request: the headline, then a row an operation that is not wholly right.</summary>
public static class MarkdownReport
{
    public static string Verify(Report report, string target)
    {
        var (who, summary) = (report.Implementation, report.Summary);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {(report.Holds ? "Holds" : "Does not hold")}: {Cell(who.Name)} {Cell(who.Version)}, {who.DType.WireName()} on {Cell(who.Device)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{summary.Passed} passed, {summary.Failed} failed, {summary.Errors} errors, {summary.Unsupported} unsupported, {summary.Skipped} skipped");
        text.Append(CultureInfo.InvariantCulture, $"{(summary.ExpectedFailures > 0 ? $", {summary.ExpectedFailures} as the baseline says" : "")}; ");
        text.Append(CultureInfo.InvariantCulture, $"strict {summary.StrictPassed} of {summary.StrictPassed + summary.StrictFailed}; spec {report.SpecVersion}, seed {report.Seed}\n");
        var wrong = report.Results.Concat(report.Spec).Where(r => r.Outcome is Outcome.Fail or Outcome.Error && !r.Strict).ToArray();
        if (wrong.Length == 0)
        {
            return text.ToString();
        }

        text.Append("\n| operation | wrong | first | what was found |\n| --- | --- | --- | --- |\n");
        foreach (var group in wrong.GroupBy(r => r.Operation ?? "(the spec's own)").OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var first = group.First();
            text.Append(CultureInfo.InvariantCulture, $"| `{group.Key}` | {group.Count()} | `{first.Id}` | {Cell(first.Message ?? "")} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nReplay the first: `latent replay {wrong[0].Id} --seed {report.Seed} {target.Replace("`", "'", StringComparison.Ordinal)}`\n");
        return text.ToString();
    }

    private static string Cell(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");
}
