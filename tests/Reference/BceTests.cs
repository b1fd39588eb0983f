using LatentConformance.Contract;
using LatentConformance.Reference;
using MathNet.Numerics.Integration;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class BceTests
{
    private const double Epsilon = 1e-8;

    /// <summary>Points of the Gauss-Legendre rule: its error on 1/t falls as ((1 − √a)/(1 + √a))^(2n), 1e-27 for a = 1/16.</summary>
    private const int Points = 64;

    [SecondRoute("bce")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void Bce_EveryReduction_IsTheIntegralOfOneOverT(string reduce)
    {
        var inputs = Inputs("bce");

        var answer = new ReferenceKernels(Reduced.Convention(reduce)).Bce(inputs["x"], inputs["x_hat"]);

        Agreement.Of(answer, Reduced.By(reduce, BySample(inputs["x"], inputs["x_hat"]), inputs["x"].Shape[1]));
    }

    [SecondRoute("bce")]
    [TestCase(1, 0.0, 8)]
    [TestCase(0, 1.0, 8)]
    [TestCase(1, 1.0, 0)]
    [TestCase(0, 0.0, 0)]
    public void Bce_AtTheEnds_IsWhatEpsilonLeaves(double x, double xHat, int powersOfTen)
    {
        // log(1 + ε) is ε to its square.
        var expected = powersOfTen == 0 ? -Epsilon : powersOfTen * Math.Log(10);

        var loss = new ReferenceKernels().Bce(Tensors.Row(x), Tensors.Row(xHat));

        Assert.That(loss[0], Is.EqualTo(expected).Within((Epsilon * Epsilon) + loss.Tolerance!.Allowed(0, Precision.Of(DType.Float64), false)));
    }

    [SecondRoute("bce.vjp")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void BceVjp_EveryReduction_FollowsCentralDifferences(string reduce) =>
        CentralDifference.Agrees("bce", Inputs("bce"), Reduced.Convention(reduce));

    [TestCase(-0.125)]
    [TestCase(1.125)]
    public void Bce_WhatIsNoProbability_IsRefused(double xHat) =>
        Assert.That(() => new ReferenceKernels().Bce(Tensors.Row(1), Tensors.Row(xHat)), Throws.TypeOf<RefusalException>());

    internal static Dictionary<string, Tensor> Inputs(string operation)
    {
        var inputs = Tensors.For(operation);
        var shape = inputs["x"].Shape.ToArray();
        inputs["x"] = Tensors.Uniform($"{operation}/x", 0, 1, shape);
        inputs["x_hat"] = Tensors.Uniform($"{operation}/x_hat", 0.125, 0.875, shape);
        return inputs;
    }

    /// <summary>−log a = ∫ₐ¹ dt/t, with the ε of the documents inside.</summary>
    internal static Estimate[] BySample(Tensor x, Tensor xHat) =>
    [
        .. Enumerable.Range(0, x.Shape[0]).Select(b => Estimate.Sum(x.RowOf(b).Zip(xHat.RowOf(b), (target, p) =>
            (target * MinusLog(p + Epsilon)) + ((1 - target) * MinusLog(1 - p + Epsilon))))),
    ];

    private static Estimate MinusLog(double a)
    {
        var rule = new GaussLegendreRule(a, 1, Points);
        return Estimate.Sum(rule.Abscissas.Zip(rule.Weights, (t, w) => w / t));
    }
}
