using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class TcDecompositionTests
{
    private static readonly Tensor Z = Tensors.Normal("z", 4, 3);
    private static readonly Tensor Mu = Tensors.Normal("mu", 4, 3);
    private static readonly Tensor Logvar = Tensors.Uniform("logvar", -1, 1, 4, 3);

    /// <summary>The three parts are the sampled KL, whatever the size of the data: the constant that is easily lost cancels here.</summary>
    [SecondRoute("tc_decomposition")]
    [TestCase(4)]
    [TestCase(60000)]
    public void TcDecomposition_ItsPartsTogether_AreTheSampledKl(int data)
    {
        var reference = new ReferenceKernels();
        var (mi, tc, kl) = reference.TcDecomposition(Z, Mu, Logvar, data);

        Agreement.Of(reference.KlOneSample(Z, Mu, Logvar), [.. Enumerable.Range(0, 4).Select(b =>
            Estimate.Sum(new[] { mi!, tc!, kl! }.Select(part => new Estimate(part[b], Own(part, b)))))]);
    }

    /// <summary>Each density as a number, the mixtures added and multiplied as numbers, with 1 / NM before them.</summary>
    [SecondRoute("tc_decomposition")]
    [TestCase(4)]
    [TestCase(60000)]
    public void TcDecomposition_ByDensities_IsTheLogarithmOfTheirRatios(int data)
    {
        var (mi, tc, kl) = new ReferenceKernels().TcDecomposition(Z, Mu, Logvar, data);
        static double Normal(double z, double mu, double variance) => Math.Exp(-(z - mu) * (z - mu) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
        double Density(int i, int j, int d) => Normal(Z[i, d], Mu[j, d], Math.Exp(Logvar[j, d]));
        double Product(Func<int, double> factor) => Enumerable.Range(0, 3).Aggregate(1.0, (product, d) => product * factor(d));
        Estimate Ratio(double over, double under) => Estimate.Log(Estimate.Computed(over / under)) + new Estimate(0, 64 * Estimate.Unit);
        var all = Enumerable.Range(0, 4);
        double Joint(int i) => all.Sum(j => Product(d => Density(i, j, d))) / (4.0 * data);
        double Marginals(int i) => Product(d => all.Sum(j => Density(i, j, d)) / (4.0 * data));

        Agreement.Of(mi!, [.. all.Select(i => Ratio(Product(d => Density(i, i, d)), Joint(i)))]);
        Agreement.Of(tc!, [.. all.Select(i => Ratio(Joint(i), Marginals(i)))]);
        Agreement.Of(kl!, [.. all.Select(i => Ratio(Marginals(i), Product(d => Normal(Z[i, d], 0, 1))))]);
    }

    [SecondRoute("tc_decomposition.vjp")]
    [Test]
    public void TcDecompositionVjp_OrdinaryInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("tc_decomposition", new Dictionary<string, Tensor>
        {
            ["z"] = Z,
            ["mu"] = Mu,
            ["logvar"] = Logvar,
            ["dataset_size"] = new([], [50L]),
        });

    private static double Own(Tensor answer, int element) => answer.Tolerance!.Allowed(element, Precision.Of(DType.Float64), strict: false);
}
