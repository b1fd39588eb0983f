using System.Globalization;
using System.Text;

namespace LatentConformance.Lessons.Reports;

/// <summary>A table to paste into an issue or a summary.</summary>
public static class MarkdownCheck
{
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        if (report.Findings.Any())
        {
            text.Append("| place | printed | right | write |\n| --- | --- | --- | --- |\n");
            foreach (var finding in report.Findings)
            {
                var follows = string.Concat(finding.Consequences.Select(c => string.Create(CultureInfo.InvariantCulture, $" From it follows line {c.Line}: {c.Fault.Right} in place of {c.Fault.Printed}.")));
                text.Append(CultureInfo.InvariantCulture, $"| {Cell(finding.Path)}:{finding.Line}:{finding.Column} | {Cell(finding.Fault.Printed)} | {Cell(finding.Fault.Right)} | {Cell(finding.Fault.Correction + follows)} |\n");
            }

            text.Append('\n');
        }

        return text.Append(report.Summary).Append('\n').ToString();
    }

    private static string Cell(string text) => TextCheck.Plain(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
