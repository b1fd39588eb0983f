using System.Globalization;
using System.Text;

namespace LatentConformance.Lessons.Reports;

/// <summary>Workflow commands: GitHub shows each finding beside its line.</summary>
public static class GithubCheck
{
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings.SelectMany(f => f.Consequences.Prepend(f)))
        {
            text.Append(CultureInfo.InvariantCulture, $"::{(finding.IsWrong ? "error" : "notice")} file={Property(finding.Path)},line={finding.Line},col={finding.Column},title={Property($"{finding.Fault.Printed}, right is {finding.Fault.Right}")}::{Data(finding.Fault.Correction)}\n");
        }

        foreach (var page in report.Pages.Where(p => p.Unreadable is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"::warning file={Property(page.Path)}::{Data(page.Unreadable!)}\n");
        }

        return text.Append(report.Summary).Append('\n').ToString();
    }

    private static string Data(string text) => TextCheck.Plain(text).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
