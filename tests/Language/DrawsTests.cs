using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Language;

public class DrawsTests
{
    /// <summary>The numbers that docs/draws.md prints, so that another language can check its own generator.</summary>
    [Test]
    public void Next_TheDocumentedKey_GivesTheDocumentedNumbers()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "draws.md"));
        var draws = new Draws("1/example/0");
        var printed = $"{draws.Next()}, {draws.Next()}";
        var normal = new Draws("1/example/0");
        var normals = $"{normal.Normal()}, {normal.Normal()}";
        var uniform = new Draws("1/example/0");
        var uniforms = $"{uniform.Uniform(-2, 2)}, {uniform.Uniform(-2, 2)}";
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain(printed));
            Assert.That(page, Does.Contain(normals));
            Assert.That(page, Does.Contain(uniforms));
        });
    }

    [Test]
    public void Normal_ManyDraws_HasMeanZeroAndDeviationOne()
    {
        var draws = new Draws("moments");
        var values = Enumerable.Range(0, 100_000).Select(_ => draws.Normal()).ToArray();
        var standardError = 1 / Math.Sqrt(values.Length);
        Assert.Multiple(() =>
        {
            Assert.That(values.Average(), Is.EqualTo(0).Within(4 * standardError));
            Assert.That(values.Average(v => v * v), Is.EqualTo(1).Within(4 * Math.Sqrt(2) * standardError));
        });
    }

    [TestCase(DType.Float32)]
    [TestCase(DType.Float16)]
    public void Normal_EveryDraw_IsHeldExactlyBy(DType dtype)
    {
        var draws = new Draws("grid");
        var precision = Precision.Of(dtype);
        Assert.That(Enumerable.Range(0, 10_000).Select(_ => draws.Normal()).All(v => precision.Round(v) == v), Is.True);
    }

    [Test]
    public void Permutation_OfManyThings_HoldsEachOnce() =>
        Assert.That(new Draws("order").Permutation(1000).Order(), Is.EqualTo(Enumerable.Range(0, 1000)));
}
