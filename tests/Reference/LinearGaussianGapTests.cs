using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LinearGaussianGapTests
{
    private const string Operation = "linear_gaussian_gap";

    [SecondRoute(Operation)]
    [TestCase("one")]
    [TestCase("two")]
    public void Gap_ByQuadrature_IsTheKlToThePosterior(string key)
    {
        var inputs = Tensors.For(Operation, key);
        var model = new LinearGaussianModel(inputs);

        var gap = new ReferenceKernels().LinearGaussianGap(
            inputs["x"], inputs["w"], inputs["noise_variance"][0], inputs["mu"], inputs["logvar"]);

        Agreement.Of(gap, [.. Enumerable.Range(0, model.Samples).Select(model.Gap)]);
    }

    /// <summary>One latent, and q the posterior that conditioning gives: nothing is left between ELBO and evidence.</summary>
    [SecondRoute(Operation)]
    [Test]
    public void Gap_OfThePosteriorItself_IsZero()
    {
        var inputs = new Dictionary<string, Tensor>
        {
            ["x"] = Tensors.Normal("x", 3, 4),
            ["w"] = Tensors.Normal("w", 4, 1),
            ["noise_variance"] = Tensor.Scalar(0.5),
        };
        var (mean, covariance) = new LinearGaussianModel(inputs).Posterior();
        var mu = Tensors.Of([3, 1], i => mean[i, 0]);
        var logvar = Tensors.Of([3, 1], _ => Math.Log(covariance[0, 0]));

        var gap = new ReferenceKernels().LinearGaussianGap(inputs["x"], inputs["w"], 0.5, mu, logvar);

        Agreement.Of(gap, 0, 0, 0);
    }

    [SecondRoute(Operation + ".vjp")]
    [TestCase("one")]
    [TestCase("two")]
    public void GapVjp_AnyInputs_FollowsCentralDifferences(string key) =>
        CentralDifference.Agrees(Operation, Tensors.For(Operation, key));
}
