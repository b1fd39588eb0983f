using LatentConformance.Contract;
using LatentConformance.Lessons.Checking;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising;

namespace LatentConformance.Tests.Lessons.Checking;

/// <summary>A page checked in process, as the command does it.</summary>
internal static class Lesson
{
    private static readonly Annotations Annotations = new(Catalogue.Standard, Checkout.Oracle, Checkout.Reference);

    public static PageReport Check(string text, string name = "lesson.md", Settings? settings = null) =>
        new PageCheck(Annotations, settings ?? Settings.None).Check(new SourceText(name, text));

    /// <summary>line:column severity printed -> right, what follows in brackets.</summary>
    public static string Shown(PageReport report) => string.Join("; ", report.Findings.Select(Shown));

    private static string Shown(Finding finding) =>
        $"{finding.Line}:{finding.Column} {finding.Fault.Severity.ToString().ToLowerInvariant()} {finding.Fault.Printed} -> {finding.Fault.Right}"
        + (finding.Consequences.Count == 0 ? "" : $" [{string.Join("; ", finding.Consequences.Select(Shown))}]");
}
