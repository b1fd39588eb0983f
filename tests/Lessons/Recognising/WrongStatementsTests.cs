using LatentConformance.Lessons.Recognising;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>Pairs of statements that differ in one number: the wrong one is found there, the right one is checked and passes.</summary>
[TestFixture]
public sealed class WrongStatementsTests
{
    private static IEnumerable<string> Sums() => Lesson.Lines(WrongSums.Plain, WrongSums.InSentences, WrongSums.ChainsOfSums);

    private static IEnumerable<string> Sizes() => Lesson.Lines(WrongSizes.Shapes, WrongSizes.Ratios, WrongSizes.Codebooks);

    private static IEnumerable<string> Tables() => Lesson.Lines(WrongTables.Rows);

    [TestCaseSource(nameof(Sums))]
    [TestCaseSource(nameof(Sizes))]
    [TestCaseSource(nameof(Tables))]
    public void Check_WrongTwin_FoundAtItsPlace(string pair)
    {
        var (wrong, _, shown, at) = Twins(pair);

        var report = Lesson.Of(wrong.Line);
        var found = Lesson.All(report).ToArray();

        Assert.That(found, Has.Length.EqualTo(1), Lesson.Shown(report));
        Assert.That(found[0].Fault.Severity, Is.Not.EqualTo(Severity.Note));
        Assert.That(found[0].Fault.Right, Is.EqualTo(shown));
        Assert.That(found[0].Offset, Is.InRange(at, at + wrong.Number.Length - 1));
        Assert.That(found[0].Fault.Correction, Does.Contain(shown).And.EndsWith("."));
    }

    [TestCaseSource(nameof(Sums))]
    [TestCaseSource(nameof(Sizes))]
    [TestCaseSource(nameof(Tables))]
    public void Check_RightTwin_CheckedAndSilent(string pair)
    {
        var report = Lesson.Of(Twins(pair).Right.Line);

        Assert.That(report.Findings, Is.Empty, Lesson.Shown(report));
        Assert.That(report.Coverage.Checked, Is.Positive);
    }

    private static ((string Line, string Number) Wrong, (string Line, string Number) Right, string Shown, int At) Twins(string pair)
    {
        var (open, close) = (pair.IndexOf('⟦', StringComparison.Ordinal), pair.IndexOf('⟧', StringComparison.Ordinal));
        var parts = pair[(open + 1)..close].Split('|');
        (string, string) One(string part) => (pair[..open] + part + pair[(close + 1)..], part);

        // What names the format is no part of the page.
        var skipped = pair[0] == '@' ? pair.IndexOf(' ', StringComparison.Ordinal) + 1 : 0;
        return (One(parts[0]), One(parts[1]), parts[^1], open - skipped);
    }
}
