using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class BceLogitsTests
{
    [SecondRoute("bce_logits")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void BceLogits_EveryReduction_IsTheCrossEntropyOfTheSigmoid(string reduce)
    {
        var inputs = Inputs();
        var (x, logits) = (inputs["x"], inputs["logits"]);

        var answer = new ReferenceKernels(Reduced.Convention(reduce)).BceLogits(x, logits);

        var perSample = Enumerable.Range(0, x.Shape[0]).Select(b => Estimate.Sum(
            x.RowOf(b).Zip(logits.RowOf(b)).SelectMany(p => ByProbability(p.First, p.Second)))).ToArray();
        Agreement.Of(answer, Reduced.By(reduce, perSample, x.Shape[1]));
    }

    /// <summary>log(1 + e^l) − l x, which no logit below 700 overflows.</summary>
    [SecondRoute("bce_logits")]
    [TestCase(0.25, -600)]
    [TestCase(1, -20)]
    [TestCase(0.5, 0)]
    [TestCase(0, 30)]
    [TestCase(1, 650)]
    public void BceLogits_AnyLogit_IsLogOfOnePlusExp(double x, double logit)
    {
        var loss = new ReferenceKernels().BceLogits(Tensors.Row(x), Tensors.Row(logit));

        Agreement.Of(loss, Estimate.Sum([Math.Log(1 + Math.Exp(logit)), -logit * x]));
    }

    /// <summary>Where the classification is right by far, the loss is e^−|l| to its square, not nothing.</summary>
    [SecondRoute("bce_logits")]
    [TestCase(0, -40)]
    [TestCase(1, 40)]
    [TestCase(1, 90)]
    public void BceLogits_RightByFar_KeepsItsDigits(double x, double logit)
    {
        var loss = new ReferenceKernels().BceLogits(Tensors.Row(x), Tensors.Row(logit));

        Assert.That(loss[0] / Math.Exp(-Math.Abs(logit)), Is.EqualTo(1).Within(8 * Estimate.Unit));
    }

    [TestCase(0, 1e5, 1e5)]
    [TestCase(1, -1e300, 1e300)]
    [TestCase(0, -1e300, 0)]
    public void BceLogits_ExtremeLogit_IsFinite(double x, double logit, double expected) =>
        Agreement.Exactly(new ReferenceKernels().BceLogits(Tensors.Row(x), Tensors.Row(logit)), expected);

    [SecondRoute("bce_logits.vjp")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void BceLogitsVjp_EveryReduction_FollowsCentralDifferences(string reduce) =>
        CentralDifference.Agrees("bce_logits", Inputs(), Reduced.Convention(reduce));

    private static Dictionary<string, Tensor> Inputs()
    {
        var inputs = Tensors.For("bce_logits");
        inputs["x"] = Tensors.Uniform("bce_logits/x", 0, 1, inputs["x"].Shape.ToArray());
        return inputs;
    }

    /// <summary>−x log σ(l) − (1 − x) log σ(−l).</summary>
    private static double[] ByProbability(double x, double logit) =>
        [-x * Math.Log(1 / (1 + Math.Exp(-logit))), -(1 - x) * Math.Log(1 / (1 + Math.Exp(logit)))];
}
