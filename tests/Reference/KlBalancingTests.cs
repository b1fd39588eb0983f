using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KlBalancingTests
{
    private const double Dynamics = 0.8125;
    private const double Representation = 0.3125;

    private static readonly Dictionary<string, Tensor> Gaussians =
        Tensors.For("kl_balancing").Where(i => !i.Key.StartsWith("weight", StringComparison.Ordinal)).ToDictionary();

    /// <summary>E_q[log q − log p] by quadrature, times both weights.</summary>
    [SecondRoute("kl_balancing")]
    [TestCase(Dynamics, Representation)]
    [TestCase(0, 2.5)]
    [TestCase(1.5, 0)]
    public void KlBalancing_AnyWeights_IsTheirSumOfTheExpectedLogRatio(double dynamics, double representation)
    {
        var loss = Loss(Gaussians, dynamics, representation);

        Agreement.Of(loss, [.. Enumerable.Range(0, loss.Count).Select(b => Estimate.Sum(Columns.Select(j =>
            (dynamics + representation) * ExpectedLogRatio(Gaussians["mu_q"][b, j], Gaussians["logvar_q"][b, j], Gaussians["mu_p"][b, j], Gaussians["logvar_p"][b, j]))))]);
    }

    /// <summary>What stands in sg() keeps its value while the rest moves: q under one weight alone, p under the other.</summary>
    [SecondRoute("kl_balancing.vjp")]
    [TestCase("mu_q", 0, Representation)]
    [TestCase("logvar_q", 0, Representation)]
    [TestCase("mu_p", Dynamics, 0)]
    [TestCase("logvar_p", Dynamics, 0)]
    public void KlBalancingVjp_WithTheStopGradientsFrozen_FollowsCentralDifferences(string input, double dynamics, double representation)
    {
        var upstream = Tensors.Normal("upstream", Gaussians[input].Shape[0]);
        var inputs = new Dictionary<string, Tensor>(Gaussians)
        {
            ["weight_dynamics"] = Tensor.Scalar(Dynamics),
            ["weight_representation"] = Tensor.Scalar(Representation),
            ["d_loss"] = upstream,
        };

        var answer = Catalogue.Standard.Find("kl_balancing.vjp")!.Invoke(new ReferenceKernels(), inputs)["d_" + input];

        Agreement.Of(answer, CentralDifference.Gradient(Gaussians[input], moved =>
        {
            var loss = Loss(new Dictionary<string, Tensor>(Gaussians) { [input] = moved }, dynamics, representation);
            return Estimate.Sum(Enumerable.Range(0, loss.Count).Select(b =>
                upstream[b] * new Estimate(loss[b], loss.Tolerance!.Allowed(b, Precision.Of(DType.Float64), strict: false))));
        }));
    }

    [TestCase(-0.25, 1)]
    [TestCase(1, double.NaN)]
    public void KlBalancing_WeightsThatAreNone_AreRefused(double dynamics, double representation) =>
        Assert.That(() => Loss(Gaussians, dynamics, representation), Throws.TypeOf<RefusalException>());

    private static IEnumerable<int> Columns => Enumerable.Range(0, Gaussians["mu_q"].Shape[1]);

    private static Tensor Loss(Dictionary<string, Tensor> g, double dynamics, double representation) =>
        new ReferenceKernels().KlBalancing(g["mu_q"], g["logvar_q"], g["mu_p"], g["logvar_p"], dynamics, representation);

    private static Estimate ExpectedLogRatio(double muQ, double logvarQ, double muP, double logvarP)
    {
        var (sigmaQ, sigmaP) = (Math.Exp(logvarQ / 2), Math.Exp(logvarP / 2));
        return Quadrature.Normal(
            t => -t * t / 2,
            _ => (logvarP - logvarQ) / 2,
            t => Math.Pow((muQ + (sigmaQ * t) - muP) / sigmaP, 2) / 2);
    }
}
