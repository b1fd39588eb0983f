using LatentConformance.Contract;
using LatentConformance.Reference;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LinearGaussianPosteriorTests
{
    private const string Operation = "linear_gaussian_posterior";

    [SecondRoute(Operation)]
    [TestCase("one", 4, 2)]
    [TestCase("two", 3, 3)]
    [TestCase("wide", 2, 4)]
    public void Posterior_ByConditioningTheJointGaussian_Agrees(string key, int features, int latents)
    {
        var inputs = new Dictionary<string, Tensor>
        {
            ["x"] = Tensors.Normal("x" + key, 3, features),
            ["w"] = Tensors.Normal("w" + key, features, latents),
            ["noise_variance"] = Tensor.Scalar(1.25),
        };

        var (mean, covariance) = new ReferenceKernels().LinearGaussianPosterior(inputs["x"], inputs["w"], 1.25);

        var second = new LinearGaussianModel(inputs).Posterior();
        Agreement.Of(mean!, ByRows(second.Mean));
        Agreement.Of(covariance!, ByRows(second.Covariance));
    }

    [SecondRoute(Operation + ".vjp")]
    [TestCase("one")]
    [TestCase("two")]
    public void PosteriorVjp_AnyInputs_FollowsCentralDifferences(string key) =>
        CentralDifference.Agrees(Operation, Tensors.For(Operation, key));

    /// <summary>The inverse loses no more than the reference's own bound grants for the same condition number.</summary>
    private static Estimate[] ByRows(Matrix<double> matrix) => [.. matrix.EnumerateRows().SelectMany(r => r).Select(Estimate.Computed)];
}
