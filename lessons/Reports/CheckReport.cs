using System.Globalization;
using LatentConformance.Lessons.Checking;
using LatentConformance.Lessons.Recognising;

namespace LatentConformance.Lessons.Reports;

/// <summary>What became of all files, in the order in which they were named.</summary>
public sealed record CheckReport(IReadOnlyList<PageReport> Pages)
{
    public PageCoverage Coverage => Pages.Aggregate(PageCoverage.None, (sum, p) => sum + p.Coverage);

    public bool IsWrong => Pages.Any(p => p.Findings.Any(f => f.IsWrong));

    public bool IsUnreadable => Pages.Any(p => p.Unreadable is not null);

    public IEnumerable<Finding> Findings => Pages.SelectMany(p => p.Findings);

    public static string Word(Severity severity) => severity switch
    {
        Severity.Wrong => "wrong",
        Severity.Conclusion => "conclusion",
        _ => "note",
    };

    public string Summary
    {
        get
        {
            var (c, accepted) = (Coverage, Pages.Sum(p => p.Accepted));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Pages.Count} {(Pages.Count == 1 ? "file" : "files")}: {c.Numbers} numbers, {c.Recognised} recognised, {c.Checked} checked, {c.Wrong} wrong{(accepted > 0 ? $", {accepted} accepted" : "")}, {c.NotUnderstood} not understood");
        }
    }
}
