using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using LatentConformance.Lessons.Checking;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising;
using LatentConformance.Reference;

namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>One statement as a page of its own.</summary>
internal static class Lesson
{
    private static readonly PageCheck Check = new(
        new Annotations(Catalogue.Standard, new Oracle((conventions, choice) => new ReferenceKernels(conventions, choice)), new InProcess(new ReferenceKernels())),
        Settings.None);

    /// <param name="line">Markdown, or after @html or @txt that; ⏎ ends a line.</param>
    public static PageReport Of(string line)
    {
        var isOther = line[0] == '@';
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return Check.Check(new SourceText("lesson." + (isOther ? line[1..space] : "md"), (isOther ? line[(space + 1)..] : line).Replace('⏎', '\n')));
    }

    public static IEnumerable<Finding> All(PageReport report) => report.Findings.SelectMany(f => f.Consequences.Prepend(f));

    public static string Shown(PageReport report) => string.Join("; ", All(report).Select(f => $"{f.Fault.Severity} {f.Fault.Printed} -> {f.Fault.Right}"));

    public static IEnumerable<string> Lines(params string[] texts) => texts.SelectMany(t => t.Split('\n')).Where(l => l.Length > 0);
}
