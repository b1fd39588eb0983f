using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class GaussianSampleTests
{
    private static readonly Tensor Mu = Tensors.Normal("mu", 3, 2);
    private static readonly Tensor Logvar = Tensors.Uniform("logvar", -2, 2, 3, 2);

    /// <summary>
    /// log q/p is a quadratic in the noise, so Gauss and Hermite's rule of two points, ε = ±1 with weight ½, is its mean exactly: the
    /// closed KL. Cut off at zero it would not be.
    /// </summary>
    [SecondRoute("kl_one_sample")]
    [Test]
    public void KlOneSample_AveragedOverTheNoise_IsTheClosedKl()
    {
        var reference = new ReferenceKernels();
        var mean = Corners().Select(signs => reference.KlOneSample(reference.Reparameterize(Mu, Logvar, signs), Mu, Logvar)).ToArray();

        Agreement.Of(reference.KlStandard(Mu, Logvar), [.. Enumerable.Range(0, 3).Select(b =>
            Estimate.Sum(mean.Select(kl => new Estimate(kl[b], Own(kl, b)))) / mean.Length)]);
    }

    /// <summary>The density as a product, its logarithm taken once at the end.</summary>
    [SecondRoute("kl_one_sample")]
    [Test]
    public void KlOneSample_ByProducts_IsTheLogarithmOfARatio()
    {
        var z = Tensors.Normal("z", 3, 2);
        var kl = new ReferenceKernels().KlOneSample(z, Mu, Logvar);

        Agreement.Of(kl, [.. Enumerable.Range(0, 3).Select(b =>
        {
            double q = 1, p = 1;
            for (var j = 0; j < 2; j++)
            {
                var sigma = Math.Exp(Logvar[b, j] / 2);
                q *= Math.Exp(-Math.Pow((z[b, j] - Mu[b, j]) / sigma, 2) / 2) / sigma;
                p *= Math.Exp(-z[b, j] * z[b, j] / 2);
            }

            return Estimate.Log(Estimate.Computed(q / p)) + new Estimate(0, 64 * Estimate.Unit);
        })]);
    }

    [SecondRoute("kl_one_sample.vjp", "posterior_mode.vjp", "reparameterize_draws.vjp")]
    [TestCase("kl_one_sample")]
    [TestCase("posterior_mode")]
    [TestCase("reparameterize_draws")]
    public void Vjp_OrdinaryInputs_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    /// <summary>The mode is where the density is highest: a step to either side lowers it.</summary>
    [SecondRoute("posterior_mode")]
    [Test]
    public void PosteriorMode_AnyStepAway_IsLessProbable()
    {
        var mode = new ReferenceKernels().PosteriorMode(Mu, Logvar, Tensors.Normal("epsilon", 3, 2));
        double LogDensity(int i, double z) => -(z - Mu[i]) * (z - Mu[i]) / Math.Exp(Logvar[i]);

        for (var i = 0; i < mode.Count; i++)
        {
            Assert.That(LogDensity(i, mode[i]), Is.GreaterThan(LogDensity(i, Math.BitIncrement(mode[i]))).And.GreaterThan(LogDensity(i, Math.BitDecrement(mode[i]))));
        }
    }

    /// <summary>One draw after another by the operation of one draw.</summary>
    [SecondRoute("reparameterize_draws")]
    [Test]
    public void ReparameterizeDraws_OneByOne_AreOrdinaryDraws()
    {
        var epsilon = Tensors.Normal("epsilon", 4, 3, 2);
        var reference = new ReferenceKernels();

        Agreement.Exactly(reference.ReparameterizeDraws(Mu, Logvar, epsilon), [.. Enumerable.Range(0, 4).SelectMany(t =>
            reference.Reparameterize(Mu, Logvar, new Tensor([3, 2], epsilon.RowOf(t))).ToDoubles())]);
    }

    private static IEnumerable<Tensor> Corners() =>
        Enumerable.Range(0, 4).Select(c => Tensors.Of([3, 2], i => (c & (1 << (i % 2))) == 0 ? 1 : -1));

    private static double Own(Tensor answer, int element) => answer.Tolerance!.Allowed(element, Precision.Of(DType.Float64), strict: false);
}
