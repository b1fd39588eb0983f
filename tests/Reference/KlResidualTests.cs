using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlResidualTests
{
    /// <summary>E_q[log q − log p] with z = mu_p + Δμ + σ_q t: wherever the prior's mean lies, it falls out.</summary>
    [SecondRoute("kl_residual")]
    [TestCase(0.0)]
    [TestCase(-1.75)]
    public void KlResidual_AnyPriorMean_IsTheExpectedLogRatioByQuadrature(double priorMean)
    {
        var inputs = Tensors.For("kl_residual");
        var (deltaMu, deltaLogvar, logvarP) = (inputs["delta_mu"], inputs["delta_logvar"], inputs["logvar_p"]);

        var answer = new ReferenceKernels().KlResidual(deltaMu, deltaLogvar, logvarP);

        Estimate OfElement(int i)
        {
            var sigma = Math.Exp((logvarP[i] + deltaLogvar[i]) / 2);
            return Quadrature.Normal(
                t => -t * t / 2,
                _ => -(logvarP[i] + deltaLogvar[i]) / 2,
                _ => logvarP[i] / 2,
                t => Math.Pow(priorMean + deltaMu[i] + (sigma * t) - priorMean, 2) / (2 * Math.Exp(logvarP[i])));
        }

        var elements = deltaMu.Shape[1];
        Agreement.Of(answer, [.. Enumerable.Range(0, deltaMu.Shape[0]).Select(b => Estimate.Sum(Enumerable.Range(b * elements, elements).Select(OfElement)))]);
    }

    [SecondRoute("kl_residual.vjp")]
    [Test]
    public void KlResidualVjp_AnyInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("kl_residual", Tensors.For("kl_residual"));
}
