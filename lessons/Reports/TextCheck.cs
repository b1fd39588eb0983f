using System.Globalization;
using System.Text;
using LatentConformance.Lessons.Checking;

namespace LatentConformance.Lessons.Reports;

/// <summary>As a linter prints: a place, what stands there and what should, why, a sentence to paste, and what follows from it.</summary>
public static class TextCheck
{
    public static string Of(CheckReport report, bool listUnchecked, bool colour)
    {
        var text = new StringBuilder();
        foreach (var page in report.Pages)
        {
            foreach (var finding in page.Findings)
            {
                Add(text, finding, colour);
            }

            if (listUnchecked)
            {
                foreach (var number in page.Unchecked)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{page.Path}:{number.Line}:{number.Column}: not understood: {number.Printed}\n");
                }
            }
        }

        return text.Append(report.Summary).Append('\n').ToString();
    }

    private static void Add(StringBuilder text, Finding finding, bool colour)
    {
        var fault = finding.Fault;
        var word = CheckReport.Word(fault.Severity);
        var shown = colour ? $"\u001b[{(finding.IsWrong ? "31" : "33")}m{word}\u001b[0m" : word;
        text.Append(CultureInfo.InvariantCulture, $"{finding.Path}:{finding.Line}:{finding.Column}: {shown}: {Plain(fault.Printed)}, right is {Plain(fault.Right)}\n");
        if (fault.Formula.Length > 0 && fault.Formula != fault.Right)
        {
            text.Append(CultureInfo.InvariantCulture, $"    by: {Plain(fault.Formula)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"    write: {Plain(fault.Correction)}{(fault.Claim is null ? "" : $" [{fault.Claim}]")}\n");
        foreach (var consequence in finding.Consequences)
        {
            text.Append(CultureInfo.InvariantCulture, $"    follows: {consequence.Line}:{consequence.Column}: {Plain(consequence.Fault.Printed)}, right is {Plain(consequence.Fault.Right)}\n");
        }
    }

    /// <summary>What a page holds drives no terminal, and one finding is one line.</summary>
    internal static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? ' ' : c));
}
