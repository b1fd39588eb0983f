using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlGaussiansTests
{
    [SecondRoute("kl_gaussians")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void KlGaussians_EveryReduction_IsTheExpectedLogRatioByQuadrature(string reduce)
    {
        var inputs = Tensors.For("kl_gaussians");
        var (muQ, logvarQ, muP, logvarP) = (inputs["mu_q"], inputs["logvar_q"], inputs["mu_p"], inputs["logvar_p"]);

        var answer = new ReferenceKernels(Reduced.Convention(reduce)).KlGaussians(muQ, logvarQ, muP, logvarP);

        var (samples, elements) = (muQ.Shape[0], muQ.Shape[1]);
        var perSample = Enumerable.Range(0, samples).Select(b => Estimate.Sum(Enumerable.Range(b * elements, elements)
            .Select(i => ExpectedLogRatio(muQ[i], logvarQ[i], muP[i], logvarP[i])))).ToArray();
        Agreement.Of(answer, Reduced.By(reduce, perSample, elements));
    }

    [SecondRoute("kl_gaussians")]
    [TestCase("one")]
    [TestCase("two")]
    public void KlGaussians_ToTheStandardNormal_IsKlStandard(string key)
    {
        var inputs = Tensors.For("kl_standard", key);
        var (mu, logvar) = (inputs["mu"], inputs["logvar"]);
        var zero = Tensors.Of(mu.Shape.ToArray(), _ => 0);
        var reference = new ReferenceKernels();

        Agreement.Of(reference.KlGaussians(mu, logvar, zero, zero), KlStandardTests.BySample(mu, logvar));
    }

    [SecondRoute("kl_gaussians.vjp")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void KlGaussiansVjp_EveryReduction_FollowsCentralDifferences(string reduce) =>
        CentralDifference.Agrees("kl_gaussians", Tensors.For("kl_gaussians"), Reduced.Convention(reduce));

    /// <summary>E_q[log q − log p] with z = mu_q + σ_q t.</summary>
    private static Estimate ExpectedLogRatio(double muQ, double logvarQ, double muP, double logvarP)
    {
        var (sigmaQ, sigmaP) = (Math.Exp(logvarQ / 2), Math.Exp(logvarP / 2));
        return Quadrature.Normal(
            t => -t * t / 2,
            _ => -logvarQ / 2,
            _ => logvarP / 2,
            t => Math.Pow((muQ + (sigmaQ * t) - muP) / sigmaP, 2) / 2);
    }
}
