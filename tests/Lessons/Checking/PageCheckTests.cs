using LatentConformance.Lessons.Checking;
using LatentConformance.Lessons.Recognising.Tables;
using NUnit.Framework;

namespace LatentConformance.Tests.Lessons.Checking;

/// <summary>A page as a whole: what is the root, what follows, what is accepted, and how much was looked at.</summary>
public class PageCheckTests
{
    private const string Table = "| μ | σ² | KL |\n| --- | --- | --- |\n| 0.1 | 0.9 | 0.008 |\n| 2.5 | 0.1 | 4.0 |\n| 0.0 | 0.01 | 1.8 |\n";

    private static IEnumerable<TestCaseData> Pages()
    {
        yield return new TestCaseData("8×8×3 = 192 values.", "").SetName("right");
        yield return new TestCaseData("8×8×3 = 129 values.", "1:9 wrong 129 -> 192").SetName("wrong");
        yield return new TestCaseData(Table, "4:15 wrong 4.0 -> 3.8").SetName("cell");
        yield return new TestCaseData(Table + "\nTotal KL = 5.8.\n", "4:15 wrong 4.0 -> 3.8 [7:12 wrong 5.8 -> 5.6]").SetName("total in prose");
        yield return new TestCaseData(Table + "| Total | | 5.808 |\n", "4:15 wrong 4.0 -> 3.8 [6:13 wrong 5.808 -> 5.642]").SetName("total in the table");
        yield return new TestCaseData(Table + "\nTotal KL = 5.64.\n", "4:15 wrong 4.0 -> 3.8").SetName("total that is right after all");
        yield return new TestCaseData("A 512×512×3 image shrinks to 64×64×4, a 64× compression.", "1:41 conclusion 64× -> 48×").SetName("ratio of something else");
        yield return new TestCaseData("A 512×512×3 image shrinks to 64×64×4, with 64× fewer positions.", "").SetName("ratio that says what it counts");
        yield return new TestCaseData("```python\nz = torch.tanh(h)  # in [-1, 1]\ny = z * (L - 1) / 2  # scale to [-L/2, L/2]\n```\n", "3:33 wrong [-L/2, L/2] -> [-(L-1)/2, (L-1)/2]").SetName("range in a comment");
        yield return new TestCaseData("3 × 4 = 13 = 12 + 1, so 13.", "1:9 wrong 13 -> 12").SetName("a chain is accused once");
        yield return new TestCaseData("The KL is ½(9 + 0.04 + 3.22 − 1) = ½ × 12.16 = 6.08.", "1:36 wrong ½ × 12.16 -> 5.63 [1:48 wrong 6.08 -> 5.63]").SetName("what is computed from a wrong link follows");
        yield return new TestCaseData("The KL is ½(9 + 0.04 + 3.22 − 1) = ½ × 12.16 = 5.63.", "1:36 wrong ½ × 12.16 -> 5.63").SetName("a result that is right after all is right");
    }

    [TestCaseSource(nameof(Pages))]
    public void Check_OfAPage_FindsWhatIsWrong(string text, string findings) => Assert.That(Lesson.Shown(Lesson.Check(text)), Is.EqualTo(findings));

    [TestCase("The KL is 5.63 <!-- latent: kl_standard(mu: 3, sigma: 0.2) -->.", "")]
    [TestCase("The KL is 5.36 <!-- latent: kl_standard(mu: 3, sigma: 0.2) -->.", "1:11 wrong 5.36 -> 5.63")]
    [TestCase("The KL is **5.36**<!-- latent: kl_standard(mu: 3, variance: 0.2^2) -->.", "1:13 wrong 5.36 -> 5.63")]
    [TestCase("About 786K <!-- latent: 512 * 512 * 3 --> values.", "")]
    [TestCase("That is 4.1% <!-- latent: 5.87 / 155.87 --> of it.", "1:9 wrong 4.1% -> 3.8%")]
    [TestCase("No number <!-- latent: 1 + 1 -->.", "1:10 wrong 1 + 1 -> a note that can be evaluated")]
    [TestCase("Two, 2 <!-- latent: kl_standrad(mu: 1) -->.", "1:6 wrong kl_standrad(mu: 1) -> a note that can be evaluated")]
    public void Check_OfANote_ChecksTheNumberBeforeIt(string text, string findings) => Assert.That(Lesson.Shown(Lesson.Check(text)), Is.EqualTo(findings));

    [TestCase("```claim\ncheck: kl_standard(mu: 3, logvar: log(0.04)) = 5.63\n```\n", 0)]
    [TestCase("```claim\ncheck: kl_standard(mu: 3, logvar: log(0.04)) = 5.36\n```\n", 1)]
    [TestCase("```claim\nid: x\nsays: y\ncheck: kl_standard(mu: 3, logvar: log(0.04)) = 5.63\n```\n", 0)]
    [TestCase("```claim\ncheck: kl_standard(mu: 3\n```\n", 1)]
    public void Check_OfAClaim_RunsIt(string text, int findings) => Assert.That(Lesson.Check(text).Findings, Has.Count.EqualTo(findings));

    [TestCase("3 × 4 = 13 <!-- latent: ignore an example of a mistake -->", 1)]
    [TestCase("<!-- latent: ignore the table is from a paper -->\n\n" + Table, 1)]
    [TestCase("<!-- latent: ignore only the next -->\n\n3 × 4 = 12\n\n3 × 4 = 13", 0)]
    [TestCase("3 × 4 = 13 <!-- just a remark -->", 0)]
    public void Check_OfWhatIsIgnored_AcceptsIt(string text, int accepted)
    {
        var report = Lesson.Check(text);
        Assert.That((report.Accepted, report.Findings.Count), Is.EqualTo((accepted, 1 - accepted)));
    }

    [Test]
    public void Check_OfWhatFollowsFromWhatIsIgnored_AcceptsThatToo()
    {
        var report = Lesson.Check("<!-- latent: ignore the table is from a paper -->\n\n" + Table + "\nTotal KL = 5.8.\n");
        Assert.That((report.Accepted, report.Findings.Count), Is.EqualTo((2, 0)));
    }

    [TestCase("lesson.md", "13", 1)]
    [TestCase("", "13", 1)]
    [TestCase("other.md", "13", 0)]
    [TestCase("lesson.md", "12", 0)]
    public void Check_OfWhatTheCourseAccepts_AcceptsThatAndNoMore(string file, string printed, int accepted)
    {
        var report = Lesson.Check("3 × 4 = 13", "course/lesson.md", Settings.None with { Accept = [new Accepted(file, printed, "known")] });
        Assert.That((report.Accepted, report.Findings.Count), Is.EqualTo((accepted, 1 - accepted)));
    }

    /// <summary>A column headed σ that holds variances would be silent: no row holds by the rule. The course says what it is.</summary>
    [Test]
    public void Check_OfAColumnThatTheCourseExplains_UsesIt()
    {
        var table = Table.Replace("σ²", "spread", StringComparison.Ordinal);
        var said = Settings.None with { Columns = new Dictionary<string, Column> { ["spread"] = Column.Variance } };
        Assert.Multiple(() =>
        {
            Assert.That(Lesson.Check(table).Findings, Is.Empty);
            Assert.That(Lesson.Shown(Lesson.Check(table, settings: said)), Is.EqualTo("4:15 wrong 4.0 -> 3.8"));
        });
    }

    [Test]
    public void Check_OfAPage_CountsWhatItUnderstood()
    {
        var report = Lesson.Check("In 2013: 8×8×3 = 192 values. On 7 pages 3 × 4 = 13.");
        Assert.Multiple(() =>
        {
            Assert.That(report.Coverage, Is.EqualTo(new PageCoverage(9, 7, 2, 1)));
            Assert.That(report.Unchecked.Select(u => u.Printed), Is.EqualTo(new[] { "2013", "7" }));
        });
    }
}
