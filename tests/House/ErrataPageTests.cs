using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using LatentConformance.Tests.Cli;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>spec/errata.md is what `latent claims --errata` prints: each erratum once a document that has it, in the document's order.</summary>
public class ErrataPageTests
{
    private const string Sources = "## late\n\n## early\n";

    [Test]
    public void Page_IsWhatTheCommandPrints() => Page.Whole("spec/errata.md", LatentProcess.Run("claims", "--errata").Out);

    [Test]
    public void Page_NamesEveryErratum()
    {
        var page = ErrataPage.Of(Checkout.Book);
        Assert.That(Checkout.Book.Claims.Where(c => c.Verdict is ClaimVerdict.Erratum or ClaimVerdict.Inconsistent).Where(c => !page.Contains($"[{c.Id}]", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Page_GoesByDocumentAndThenByChapter()
    {
        var page = ErrataPage.Of(Read(Erratum("b", "early, chapter 10; late"), Erratum("a", "early, chapter 2")));
        string[] order = ["## late", "**throughout** ([b](page.md))", "## early", "**chapter 2** ([a](page.md))", "**chapter 10** ([b](page.md))"];
        Assert.That(order.Select(o => page.IndexOf(o, StringComparison.Ordinal)), Is.Ordered.And.All.Positive);
    }

    [Test]
    public void Page_SaysWhatFailsAndWhatToWrite() =>
        Assert.That(ErrataPage.Of(Read(Erratum("a", "late"))), Does.Contain("It says 3.\n  Fails: `1 + 1 = 3`, `2 + 1 != 2`.\n  Right: Write 2."));

    private static string Erratum(string id, string source) =>
        $"```claim\nid: {id}\nsource: {source}\nsays: It says 3.\nverdict: erratum\nrefute: 1 + 1\n  = 3\ncheck: 2 + 1 != 2\ncheck: 1 + 1 = 2\ncorrection: Write 2.\n```\n";

    private static SpecBook Read(params string[] claims) =>
        SpecBook.Read([("spec/sources.md", Sources), ("spec/page.md", string.Concat(claims))], Catalogue.Standard);
}
