using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Mistakes;
using NUnit.Framework;

namespace LatentConformance.Tests.Teeth;

/// <summary>Every known mistake is caught. A suite that passes wrong code is worse than none.</summary>
public sealed class TeethTests
{
    private static IEnumerable<string> Mistakes => KnownMistakes.All.Select(m => m.Name);

    [TestCaseSource(nameof(Mistakes))]
    public void Verify_Mistake_Caught(string name)
    {
        foreach (var dtype in Bites.Tried)
        {
            Assert.That(Ground.Matrix[name].In(dtype), Is.Not.Empty, $"nothing catches {name} in {dtype.WireName()}");
        }
    }

    [TestCase(DType.Float64)]
    [TestCase(DType.Float32)]
    public void Verify_Unbroken_Passes(DType dtype)
    {
        var bad = Ground.Verify(new Mistaken(Checkout.Oracle, null, dtype)).Where(r => r.IsBad());

        Assert.That(bad, Is.Empty);
    }

    [Test]
    public void KnownMistakes_Entries_AreTellable()
    {
        Assert.Multiple(() =>
        {
            Assert.That(KnownMistakes.All.Select(m => m.Name), Is.Unique);
            Assert.That(KnownMistakes.All.Select(m => m.Name), Has.All.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
            Assert.That(KnownMistakes.All.Select(m => m.Id), Has.All.Match("^[A-Z]{2}[0-9]{2}[a-z]?$"));
            Assert.That(KnownMistakes.All.SelectMany(m => new[] { m.Symptom, m.Mend }), Has.All.EndsWith("."));
            Assert.That(KnownMistakes.All.Where(m => Catalogue.Standard.Find(m.Operation) is null), Is.Empty);
        });
    }
}
