using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ImportanceLogWeightsTests
{
    /// <summary>Under the true posterior of a linear Gaussian model every draw has the same weight, the evidence itself.</summary>
    [SecondRoute("importance_log_weights")]
    [TestCase(1.5, 0.5)]
    [TestCase(-0.75, 2)]
    public void ImportanceLogWeights_UnderTheTruePosterior_AreTheEvidence(double w, double noise)
    {
        const double X = 2;
        var (mean, variance) = (w * X / ((w * w) + noise), noise / ((w * w) + noise));
        double[] draws = [-1.5, 0, 0.25, 1, 3];
        var likelihood = Tensors.Row([.. draws.Select(z => -0.5 * ((Math.Pow(X - (w * z), 2) / noise) + Math.Log(2 * Math.PI * noise)))]);

        var weights = new ReferenceKernels().ImportanceLogWeights(
            likelihood, new Tensor([1, 5, 1], draws), Tensors.Row(mean), Tensors.Row(Math.Log(variance)));

        var total = (w * w) + noise;
        var evidence = -0.5 * ((X * X / total) + Math.Log(2 * Math.PI * total));
        Agreement.Of(weights, [.. draws.Select((z, k) => new Estimate(evidence, 256 * Estimate.Unit * (1 + Math.Abs(likelihood[k]) + (z * z / variance))))]);
    }

    /// <summary>Column by column: what the likelihood leaves is minus the sampled KL of each draw.</summary>
    [SecondRoute("importance_log_weights")]
    [Test]
    public void ImportanceLogWeights_LessTheLikelihood_AreMinusTheSampledKl()
    {
        var inputs = Tensors.For("importance_log_weights");
        var (likelihood, z, reference) = (inputs["log_likelihood"], inputs["z"], new ReferenceKernels());
        var weights = reference.ImportanceLogWeights(likelihood, z, inputs["mu"], inputs["logvar"]);
        var (samples, draws) = (likelihood.Shape[0], likelihood.Shape[1]);

        Agreement.Of(weights, [.. Enumerable.Range(0, weights.Count).Select(i =>
        {
            Tensor One(Tensor all, int row) => Tensors.Row(new Tensor([samples * (all.Count / samples / 2), 2], all.ToDoubles()).RowOf(row));
            var kl = reference.KlOneSample(One(z, i), One(inputs["mu"], i / draws), One(inputs["logvar"], i / draws));
            return likelihood[i] - new Estimate(kl[0], kl.Tolerance!.Allowed(0, Precision.Of(DType.Float64), strict: false));
        })]);
    }

    [SecondRoute("importance_log_weights.vjp")]
    [Test]
    public void ImportanceLogWeightsVjp_OrdinaryInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("importance_log_weights", Tensors.For("importance_log_weights"));
}
