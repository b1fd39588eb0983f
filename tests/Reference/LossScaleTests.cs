using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LossScaleTests
{
    private static readonly Tensor X = Tensors.Normal("x", 5, 4);
    private static readonly Tensor XHat = Tensors.Normal("x_hat", 5, 4);

    /// <summary>The odds x̂ / (1 − x̂) are e^h, as (1 + tanh(h/2)) / (1 − tanh(h/2)) are.</summary>
    [SecondRoute("unit_output")]
    [Test]
    public void UnitOutput_ByATanh_HasItsOdds()
    {
        var h = Tensors.Uniform("h", -3, 3, 5, 4);

        Agreement.Of(new ReferenceKernels().UnitOutput(h), [.. h.ToDoubles().Select(v => Estimate.Sum([0.5, Math.Tanh(v / 2) / 2]))]);
    }

    /// <summary>The mapping back, 2 x − 1, in decimal.</summary>
    [SecondRoute("signed_to_unit")]
    [Test]
    public void SignedToUnit_MappedBack_IsTheInput()
    {
        var y = Tensors.Uniform("y", -1, 1, 5, 4);
        var x = new ReferenceKernels().SignedToUnit(y);

        Agreement.Exactly(y, [.. x.ToDoubles().Select(v => (double)((2 * (decimal)v) - 1))]);
    }

    /// <summary>In decimal, by the binomial: Σ x² − 2 x x̂ + x̂².</summary>
    [SecondRoute("squared_error_overall_mean", "squared_error_batch_mean")]
    [Test]
    public void SquaredErrorOfTheBatch_InDecimal_IsTheExpandedSquare()
    {
        var sum = X.ToDoubles().Zip(XHat.ToDoubles(), (p, q) => ((decimal)p * (decimal)p) - (2 * (decimal)p * (decimal)q) + ((decimal)q * (decimal)q)).Sum();
        var reference = new ReferenceKernels();

        Agreement.Of(reference.SquaredErrorOverallMean(X, XHat), Estimate.Computed((double)(sum / 20)));
        Agreement.Of(reference.SquaredErrorBatchMean(X, XHat), Estimate.Computed((double)(sum / 5)));
    }

    /// <summary>Every sample's own loss, in batches of unlike size: the mean over them all never sees the batches.</summary>
    [SecondRoute("epoch_loss")]
    [TestCase(20)]
    [TestCase(7, 7, 6)]
    [TestCase(9, 9, 2)]
    public void EpochLoss_OfBatchesOfSamples_IsTheMeanOverSamples(params int[] sizes)
    {
        var losses = Tensors.Normal("losses", 20).ToDoubles();
        var starts = sizes.Select((_, m) => sizes[..m].Sum()).ToArray();

        var loss = new ReferenceKernels().EpochLoss(
            Tensors.Vector([.. sizes.Select((n, m) => losses[starts[m]..(starts[m] + n)].Sum())]), Tensors.Whole([.. sizes.Select(n => (long)n)]));

        Agreement.Of(loss, Estimate.Sum(losses) / 20);
    }

    /// <summary>Densities that e^x holds, weighed and added as they are.</summary>
    [SecondRoute("mixture_log_likelihood")]
    [Test]
    public void MixtureLogLikelihood_OfOrdinaryDensities_IsTheLogarithmOfTheirSum()
    {
        var (weights, probs) = (Tensors.Uniform("log_weights", -3, 0, 5, 4), Tensors.Uniform("log_probs", -4, 4, 5, 4));

        Agreement.Of(new ReferenceKernels().MixtureLogLikelihood(weights, probs), [.. Enumerable.Range(0, 5).Select(n =>
            Estimate.Log(Estimate.Sum(weights.RowOf(n).Zip(probs.RowOf(n), (w, p) => Math.Exp(w) * Math.Exp(p)))))]);
    }

    /// <summary>A shift of all densities is a shift of the likelihood, however far.</summary>
    [SecondRoute("mixture_log_likelihood")]
    [TestCase(-4096)]
    [TestCase(8192)]
    public void MixtureLogLikelihood_OfShiftedDensities_IsShifted(double shift)
    {
        var (weights, probs, reference) = (Tensors.Uniform("log_weights", -3, 0, 5, 4), Tensors.Uniform("log_probs", -4, 4, 5, 4), new ReferenceKernels());
        var here = reference.MixtureLogLikelihood(weights, probs);

        var moved = reference.MixtureLogLikelihood(weights, Tensors.Of([5, 4], i => probs[i] + shift));

        Agreement.Of(moved, [.. Enumerable.Range(0, 5).Select(n =>
            shift + new Estimate(here[n], here.Tolerance!.Allowed(n, Precision.Of(DType.Float64), strict: false)))]);
    }

    /// <summary>In decimal, with the KL averaged over its positions first and the weight that this asks for, β T / D.</summary>
    [SecondRoute("dvae_loss")]
    [TestCase(6.5)]
    [TestCase(0.25)]
    public void DvaeLoss_FromTheMeanKl_NeedsTheWeightTimesPositionsOverDimensions(double beta)
    {
        var (recon, kl) = (Tensors.Uniform("recon", 0, 4, 5, 12), Tensors.Uniform("kl", 0, 3, 5, 4));

        Agreement.Of(new ReferenceKernels().DvaeLoss(recon, kl, beta), [.. Enumerable.Range(0, 5).Select(b => Estimate.Computed((double)(
            recon.RowOf(b).Average(v => (decimal)v) + ((decimal)beta * 4 / 12 * kl.RowOf(b).Average(v => (decimal)v)))))]);
    }

    [SecondRoute(
        "unit_output.vjp", "signed_to_unit.vjp", "squared_error_overall_mean.vjp", "squared_error_batch_mean.vjp", "epoch_loss.vjp",
        "mixture_log_likelihood.vjp", "dvae_loss.vjp")]
    [TestCase("unit_output")]
    [TestCase("signed_to_unit")]
    [TestCase("squared_error_overall_mean")]
    [TestCase("squared_error_batch_mean")]
    [TestCase("epoch_loss")]
    [TestCase("mixture_log_likelihood")]
    [TestCase("dvae_loss")]
    public void Vjp_OrdinaryInputs_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));
}
