using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class GaussianMergeTests
{
    /// <summary>
    /// The product of the two densities, normalised by quadrature over b's own noise z = mb + σ t: its mean and its variance.
    /// </summary>
    [SecondRoute("gaussian_merge")]
    [TestCase(0.5, -0.75, -1.25, 0.5)]
    [TestCase(-2.0, 1.5, 0.25, -1.0)]
    [TestCase(1.0, 0.0, 3.0, 0.0)]
    public void GaussianMerge_TwoGaussians_IsTheProductOfTheirDensities(double muA, double logvarA, double muB, double logvarB)
    {
        var (mu, logvar) = new ReferenceKernels().GaussianMerge(Tensors.Row(muA), Tensors.Row(logvarA), Tensors.Row(muB), Tensors.Row(logvarB));

        var sigma = Math.Exp(logvarB / 2);
        double Density(double t) => Math.Exp(-Math.Pow(muB + (sigma * t) - muA, 2) / (2 * Math.Exp(logvarA)));
        var mass = Quadrature.Normal(Density);
        var mean = Over(Quadrature.Normal(t => Density(t) * sigma * t), mass);
        var square = Over(Quadrature.Normal(t => Density(t) * Math.Pow(sigma * t, 2)), mass);
        var variance = square - new Estimate(mean.Value * mean.Value, 2 * Math.Abs(mean.Value) * mean.Error);
        Agreement.Of(mu!, muB + mean);
        Agreement.Of(logvar!, Estimate.Log(variance));
    }

    [SecondRoute("gaussian_merge.vjp")]
    [Test]
    public void GaussianMergeVjp_AnyInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("gaussian_merge", Tensors.For("gaussian_merge"));

    private static Estimate Over(Estimate a, Estimate b) =>
        new(a.Value / b.Value, ((a.Error + (Math.Abs(a.Value / b.Value) * b.Error)) / b.Value) + (2 * Estimate.Unit * Math.Abs(a.Value / b.Value)));
}
