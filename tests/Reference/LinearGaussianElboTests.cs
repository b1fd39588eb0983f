using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LinearGaussianElboTests
{
    private const string Operation = "linear_gaussian_elbo";

    [SecondRoute(Operation)]
    [TestCase("one")]
    [TestCase("two")]
    public void Elbo_ItsPartsByQuadrature_Agree(string key)
    {
        var inputs = Tensors.For(Operation, key);
        var (mu, logvar) = (inputs["mu"], inputs["logvar"]);
        var model = new LinearGaussianModel(inputs);

        var (elbo, reconstruction, kl) =
            new ReferenceKernels().LinearGaussianElbo(inputs["x"], inputs["w"], inputs["noise_variance"][0], mu, logvar);

        Estimate[] first = [.. Enumerable.Range(0, model.Samples).Select(model.Reconstruction)];
        var second = KlStandardTests.BySample(mu, logvar);
        Agreement.Of(reconstruction!, first);
        Agreement.Of(kl!, second);
        Agreement.Of(elbo!, [.. first.Zip(second, (r, k) => r - k)]);
    }

    [SecondRoute(Operation + ".vjp")]
    [TestCase("one")]
    [TestCase("two")]
    public void ElboVjp_AnyInputs_FollowsCentralDifferences(string key) =>
        CentralDifference.Agrees(Operation, Tensors.For(Operation, key));
}
