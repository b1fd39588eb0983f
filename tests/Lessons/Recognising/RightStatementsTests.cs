using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>One false accusation and a course turns the check off.</summary>
[TestFixture]
public sealed class RightStatementsTests
{
    private static IEnumerable<string> Sums() => Lesson.Lines(
        RightSums.Labels, RightSums.Units, RightSums.Percentages, RightSums.Magnitudes, RightSums.Variables, RightSums.Marks, RightSums.Denied, RightSums.CodeLike, RightSums.Counted);

    private static IEnumerable<string> Formulas() => Lesson.Lines(
        RightFormulas.Latex, RightFormulas.LostSuperscripts, RightFormulas.ChainsOfSums, RightFormulas.Sentences, RightFormulas.Statistics, RightFormulas.Warned);

    private static IEnumerable<string> Sizes() => Lesson.Lines(RightSizes.Ratios, RightSizes.Counts, RightSizes.Others);

    private static IEnumerable<string> Tables() => Lesson.Lines(RightTables.Rows, RightTables.Lines);

    [TestCaseSource(nameof(Sums))]
    [TestCaseSource(nameof(Formulas))]
    [TestCaseSource(nameof(Sizes))]
    [TestCaseSource(nameof(Tables))]
    public void Check_RightOrNoSum_NotAccused(string line)
    {
        var report = Lesson.Of(line);

        Assert.That(report.Findings, Is.Empty, Lesson.Shown(report));
    }
}
