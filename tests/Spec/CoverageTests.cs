using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using LatentConformance.Tests.Cli;
using NUnit.Framework;

namespace LatentConformance.Tests.Spec;

/// <summary>Every statement of the five documents has its place in the spec: the list of them beside this file decides.</summary>
public class CoverageTests
{
    private static readonly ILookup<string, string> Inventory = File.ReadLines(Path.Combine(Checkout.Root, "tests", "Spec", "inventory.txt"))
        .Where(l => !l.StartsWith('#'))
        .Select(l => l.Split(' '))
        .SelectMany(l => l.Skip(1).DefaultIfEmpty(""), (l, document) => (Id: l[0], document))
        .ToLookup(l => l.Id, l => l.document);

    [Test]
    public void Inventory_HasEveryStatement() => Assert.That(Inventory, Has.Count.EqualTo(612));

    [Test]
    public void Spec_HasAHomeForEveryStatement() => Assert.That(Homeless(Checkout.Book), Is.Empty);

    [Test]
    public void Spec_WithoutOneClaim_IsToldWhichStatementsFellOut()
    {
        var pages = Checkout.Pages().Select(p => (p.File, p.Text.Replace("id: kl.total\n", "id: kl.other\n", StringComparison.Ordinal)));
        Assert.That(Homeless(SpecBook.Read(pages, Catalogue.Standard)), Is.EqualTo(new[] { "kl.total" }));
    }

    /// <summary>A statement that two documents make is claimed of both.</summary>
    [Test]
    public void Spec_NamesEveryDocumentThatStatesIt()
    {
        var places = Checkout.Book.Claims.SelectMany(c => c.Ids, (c, id) => (id, Documents: c.Places.Select(p => p.Document).ToHashSet())).ToDictionary(c => c.id, c => c.Documents);
        Assert.That(Inventory.SelectMany(i => i, (i, document) => (i.Key, document)).Where(i => i.document.Length > 0 && !places[i.Key].Contains(i.document)), Is.Empty);
    }

    [Test]
    public void Coverage_OfADocument_CountsEachStatementOnce()
    {
        var rows = Coverage.Rows(Checkout.Book);
        var all = rows.Single(r => r.Document == "all");
        Assert.Multiple(() =>
        {
            Assert.That(all.Statements, Is.EqualTo(Checkout.Book.Claims.Sum(c => 1 + c.Also.Count)).And.GreaterThanOrEqualTo(Inventory.Count));
            foreach (var row in rows)
            {
                Assert.That(row.Statements, Is.EqualTo(row.Checked + row.Of(ClaimVerdict.Undecidable) + row.Of(ClaimVerdict.Pending)), row.Document);
                Assert.That(row.Statements, Is.GreaterThanOrEqualTo(Inventory.Count(i => i.Contains(row.Document))), row.Document);
            }
        });
    }

    [Test]
    public void Claims_Coverage_PrintsThem()
    {
        var (exit, output, _) = LatentProcess.Run("claims", "--coverage");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(output, Is.EqualTo(Coverage.Text(Checkout.Book)));
        });
    }

    private static IEnumerable<string> Homeless(SpecBook book) => Inventory.Select(i => i.Key).Except(book.Claims.SelectMany(c => c.Ids));
}
