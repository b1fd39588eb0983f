using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Contract;

[TestFixture]
public sealed class SignatureTests
{
    private static readonly Signature Kl = Signature.Parse("kl(mu: float[B,D], logvar: float[B,D], n: int) -> kl: float[B]");

    private static IEnumerable<Signature> Standard => Catalogue.Standard.Operations.Select(o => o.Signature);

    [TestCaseSource(nameof(Standard))]
    public void Parse_OfWhatASignatureSays_IsThatSignature(Signature signature)
    {
        var again = Signature.Parse(signature.ToString());

        Assert.That(again.ToString(), Is.EqualTo(signature.ToString()));
        Assert.That(again.Inputs.Select(f => f.Name), Is.EqualTo(signature.Inputs.Select(f => f.Name)));
    }

    [Test]
    public void Parse_AScalarAndAVector_KnowsKindAndAxes()
    {
        Assert.That(Kl.Inputs.Select(f => (f.Name, f.Kind, f.Axes.Count)), Is.EqualTo(new[]
        {
            ("mu", FieldKind.Float, 2), ("logvar", FieldKind.Float, 2), ("n", FieldKind.Int, 0),
        }));
        Assert.That(Kl.Outputs[0].Axes, Is.EqualTo(new[] { "B" }));
    }

    [TestCase("no brackets")]
    [TestCase("f(x: float)")]
    [TestCase("f(x: float -> y: float")]
    [TestCase("f -> y: float (x: float)")]
    [TestCase("f(x: double) -> y: float")]
    [TestCase("f(float) -> y: float")]
    [TestCase("f(: float) -> y: float")]
    public void Parse_WhatIsNoSignature_Throws(string text) => Assert.That(() => Signature.Parse(text), Throws.TypeOf<FormatException>());

    [Test]
    public void Misfit_OfFittingShapes_IsNothingAndLearnsTheSizes()
    {
        var sizes = new Dictionary<string, int>();

        var misfit = Signature.Misfit(Kl.Inputs, Inputs([3, 4], [3, 4]), sizes);

        Assert.That(misfit, Is.Null);
        Assert.That(sizes, Is.EquivalentTo(new Dictionary<string, int> { ["B"] = 3, ["D"] = 4 }));
    }

    [TestCase(new[] { 3, 4 }, new[] { 3, 5 }, "logvar has shape [3, 5], expected [B, D] with B = 3, D = 4")]
    [TestCase(new[] { 3, 4 }, new[] { 4, 3 }, "logvar has shape [4, 3], expected [B, D] with B = 3, D = 4")]
    [TestCase(new[] { 3 }, new[] { 3 }, "mu has shape [3], expected [B, D]")]
    public void Misfit_OfShapesThatDoNotFit_SaysWhichAndWhatWasExpected(int[] mu, int[] logvar, string expected) =>
        Assert.That(Signature.Misfit(Kl.Inputs, Inputs(mu, logvar), []), Is.EqualTo(expected));

    private static Dictionary<string, Tensor> Inputs(int[] mu, int[] logvar) =>
        new() { ["mu"] = Zeros(mu), ["logvar"] = Zeros(logvar) };

    private static Tensor Zeros(int[] shape) => new(shape, new double[Tensor.CountOf(shape)]);
}
