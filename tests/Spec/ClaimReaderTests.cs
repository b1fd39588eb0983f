using LatentConformance.Conformance;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Spec;

public class ClaimReaderTests
{
    private const string Whole = """
        # A page

        ```claim
        id: kl.example
        also: kl.other, kl.third
        source: beginners-path, chapter 4; from-scratch
        says: The KL of the prior to itself is
          zero.
        let: kl = kl_standard(mu: 0, logvar: 0)
        check: kl = 0 +- 0
        check: kl
          <= 1
        ```
        """;

    [Test]
    public void Read_AWholeClaim_HasEveryPart()
    {
        var claim = Read(Whole).Single();
        Assert.Multiple(() =>
        {
            Assert.That(claim.Id, Is.EqualTo("kl.example"));
            Assert.That(claim.Also, Is.EqualTo(new[] { "kl.other", "kl.third" }));
            Assert.That(claim.Places.Select(p => p.Document), Is.EqualTo(new[] { "beginners-path", "from-scratch" }));
            Assert.That(claim.Says, Is.EqualTo("The KL of the prior to itself is zero."));
            Assert.That(claim.Topic, Is.EqualTo("page"));
            Assert.That(claim.Verdict, Is.EqualTo(ClaimVerdict.Holds));
            Assert.That(claim.Statements, Has.Count.EqualTo(2));
            Assert.That(claim.Operations, Is.EqualTo(new[] { "kl_standard" }));
        });
    }

    [Test]
    public void Read_OtherFencesAndCarriageReturns_AreLeftAlone() =>
        Assert.That(Read("```python\nid: no\n```\n\n~~~~text\n```claim\nid: no\n```\n~~~~\n" + Whole.Replace("\n", "\r\n", StringComparison.Ordinal)), Has.Count.EqualTo(1));

    [TestCase("id: a", "page.md:1:1", "no 'source:'", TestName = "Read_NoSource")]
    [TestCase("id: a\nsource: s\nsays: t", "page.md:1:1", "at least one 'check:'", TestName = "Read_NoCheck")]
    [TestCase("id: a\nsorce: s", "page.md:3:1", "did you mean 'source'?", TestName = "Read_KeyMisspelt")]
    [TestCase("id: a\nid: b", "page.md:2:1", "stands twice", TestName = "Read_KeyTwice")]
    [TestCase("id: a b\nsource: s\nsays: t\ncheck: 1 = 1", "page.md:1:1", "is not an id", TestName = "Read_IdWithASpace")]
    [TestCase("id: a\nsource: s\nsays: t\nverdict: wrong\ncheck: 1 = 1", "page.md:5:10", "no verdict 'wrong'", TestName = "Read_VerdictUnknown")]
    [TestCase("id: a\nsource: s\nsays: t\nverdict: erratum\ncheck: 1 = 1", "page.md:1:1", "also shows what fails", TestName = "Read_ErratumWithoutRefutation")]
    [TestCase("id: a\nsource: s\nsays: t\nverdict: erratum\ncheck: 1 = 1\nrefute: 1 = 2", "page.md:1:1", "'correction:'", TestName = "Read_ErratumWithoutCorrection")]
    [TestCase("id: a\nsource: s\nsays: t\nverdict: undecidable", "page.md:1:1", "'reason:'", TestName = "Read_UndecidableWithoutReason")]
    [TestCase("id: a\nsource: s\nsays: t\ncheck: 1 = oops(3)", "page.md:5:12", "no operation or library function 'oops'", TestName = "Read_FunctionUnknown")]
    [TestCase("id: a\nsource: s\nsays: t\ncheck:", "page.md:5:7", "expected a number", TestName = "Read_CheckEmpty")]
    [TestCase("nonsense", "page.md:2:1", "expected 'key: value'", TestName = "Read_NoKey")]
    [TestCase("  indented", "page.md:2:1", "continues a key", TestName = "Read_ContinuationOfNothing")]
    public void Read_Malformed_SaysWhereAndWhatWasExpected(string block, string where, string message)
    {
        var refused = Assert.Throws<SpecError>(() => Read($"```claim\n{block}\n```\n"))!;
        Assert.That(refused.Message, Does.StartWith(where + ":").And.Contain(message));
    }

    [Test]
    public void Read_AFenceThatNeverCloses_IsRefused() =>
        Assert.That(Assert.Throws<SpecError>(() => Read("text\n```claim\nid: a\n"))!.Message, Does.StartWith("page.md:2:1: this claim block is never closed"));

    [Test]
    public void Book_TwoClaimsOfOneId_AreRefused()
    {
        var page = "```claim\nid: a\nsource: lesson\nsays: t\ncheck: 1 = 1\n```\n";
        var refused = Assert.Throws<SpecError>(() => SpecBook.Read([("sources.md", "## lesson\n"), ("x.md", page), ("y.md", page)], Catalogue.Standard))!;
        Assert.That(refused.Message, Does.StartWith("y.md:1:1").And.Contain("taken at x.md:1:1"));
    }

    [Test]
    public void Book_AnUnknownDocument_IsRefusedWithTheNearest()
    {
        var page = "```claim\nid: a\nsource: lessen, chapter 1\nsays: t\ncheck: 1 = 1\n```\n";
        var refused = Assert.Throws<SpecError>(() => SpecBook.Read([("sources.md", "## lesson\n"), ("x.md", page)], Catalogue.Standard))!;
        Assert.That(refused.Message, Does.Contain("no document 'lessen'").And.Contain("did you mean 'lesson'?"));
    }

    private static IReadOnlyList<Claim> Read(string text) => new ClaimReader(Catalogue.Standard).Read(text, "page.md");
}
