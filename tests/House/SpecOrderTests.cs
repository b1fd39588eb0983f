using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>spec/README.md is the way through the pages: each of them stands in it once, under its own number.</summary>
public partial class SpecOrderTests
{
    private static readonly Match[] Entries = Entry().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "spec", "README.md"))).ToArray();

    [Test]
    public void Order_HasEveryPageOnce() =>
        Assert.That(Entries.Select(e => e.Groups["page"].Value), Is.EquivalentTo(Checkout.Book.Claims.Select(c => c.Topic).Distinct()));

    [Test]
    public void Order_IsNumberedThrough() =>
        Assert.That(Entries.Select(e => int.Parse(e.Groups["number"].Value)), Is.EqualTo(Enumerable.Range(1, Entries.Length)));

    [GeneratedRegex(@"^(?<number>[0-9]+)\. \[(?<page>[a-z-]+)\]\(\k<page>\.md\):", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
