using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlClampedTests
{
    private static readonly Tensor Mu = Tensors.Normal("mu", 4, 3);
    private static readonly Tensor Logvar = Tensors.Uniform("logvar", -6, 6, 4, 3);

    /// <summary>The sum taken apart by where each log-variance lies: the ordinary KL inside, that of the end it passed outside.</summary>
    [SecondRoute("kl_clamped")]
    [TestCase(-30, 20)]
    [TestCase(-2, 3)]
    [TestCase(-0.5, 0.25)]
    public void KlClamped_ByCases_IsTheKlOfTheEndThatWasPassed(double low, double high)
    {
        var kl = new ReferenceKernels().KlClamped(Mu, Logvar, low, high);

        Agreement.Of(kl, [.. Enumerable.Range(0, 4).Select(b => Estimate.Sum(Enumerable.Range(0, 3).Select(j =>
        {
            var lv = Logvar[b, j] > high ? high : Logvar[b, j] < low ? low : Logvar[b, j];
            var sigma = Math.Exp(lv / 2);
            return Estimate.Sum([Mu[b, j] * Mu[b, j] / 2, sigma * sigma / 2, -0.5, -Math.Log(sigma)]);
        })))]);
    }

    [SecondRoute("kl_clamped.vjp")]
    [TestCase(-30, 20)]
    [TestCase(-2, 3)]
    [TestCase(-0.5, 0.25)]
    public void KlClampedVjp_AwayFromTheEnds_FollowsCentralDifferences(double low, double high) =>
        CentralDifference.Agrees("kl_clamped", new Dictionary<string, Tensor>
        {
            ["mu"] = Mu,
            ["logvar"] = Logvar,
            ["low"] = Tensor.Scalar(low),
            ["high"] = Tensor.Scalar(high),
        });
}
