using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class IwaeTests
{
    private static readonly Tensor LogWeights = Tensors.Uniform("log weights", -4, 2, 3, 5);

    /// <summary>Whole weights 1, 2, 3, …: the mean of whole numbers, and its logarithm.</summary>
    [SecondRoute("iwae_bound")]
    [TestCase(1, 2)]
    [TestCase(1, 7, 3, 40)]
    [TestCase(5, 5, 5)]
    [TestCase(12)]
    public void IwaeBound_OfWholeWeights_IsTheLogarithmOfTheirMean(params int[] weights)
    {
        var bound = new ReferenceKernels().IwaeBound(Tensors.Row([.. weights.Select(w => Math.Log(w))]));

        Agreement.Of(bound, Estimate.Computed(Math.Log((double)weights.Sum() / weights.Length)) + new Estimate(0, 4 * Estimate.Unit));
    }

    /// <summary>A shift of all the log-weights is a shift of the bound, however far.</summary>
    [SecondRoute("iwae_bound")]
    [TestCase(-4096)]
    [TestCase(8192)]
    public void IwaeBound_OfShiftedWeights_IsShifted(double shift)
    {
        var reference = new ReferenceKernels();

        var moved = reference.IwaeBound(Tensors.Of([3, 5], i => LogWeights[i] + shift));

        var here = reference.IwaeBound(LogWeights);
        Agreement.Of(moved, [.. Enumerable.Range(0, 3).Select(b => shift + new Estimate(here[b], here.Tolerance!.Allowed(b, Precision.Of(DType.Float64), strict: false)))]);
    }

    [SecondRoute("iwae_bound.vjp")]
    [Test]
    public void IwaeBoundVjp_AnyInputs_FollowsCentralDifferences() =>
        CentralDifference.Agrees("iwae_bound", new Dictionary<string, Tensor> { ["log_weights"] = LogWeights });

    /// <summary>e^lw over their sum, without a shift: these are small enough.</summary>
    [SecondRoute("iwae_weights")]
    [Test]
    public void IwaeWeights_OfEachSample_AreItsSharesOfTheSum()
    {
        var weights = new ReferenceKernels().IwaeWeights(LogWeights);

        Agreement.Of(weights, [.. Enumerable.Range(0, LogWeights.Count).Select(i =>
            Estimate.Computed(Math.Exp(LogWeights[i]) / LogWeights.RowOf(i / 5).Sum(Math.Exp)))]);
    }

    /// <summary>
    /// Σ_k sg(w_k) lw_k has by the product rule the gradient w + (what flows through w): the differences of the bound say that
    /// nothing does.
    /// </summary>
    [SecondRoute("iwae_weights.vjp")]
    [Test]
    public void IwaeWeightsVjp_InTheWeightedSum_LeavesTheGradientOfTheBound()
    {
        var reference = new ReferenceKernels();
        var weights = reference.IwaeWeights(LogWeights);
        var through = reference.IwaeWeightsVjp(LogWeights, LogWeights);

        var slopes = CentralDifference.Gradient(LogWeights, moved =>
        {
            var bound = reference.IwaeBound(moved);
            return Estimate.Sum(Enumerable.Range(0, bound.Count).Select(b => new Estimate(bound[b], bound.Tolerance!.Allowed(b, Precision.Of(DType.Float64), strict: false))));
        });

        for (var i = 0; i < weights.Count; i++)
        {
            Agreement.Within(weights[i] + through[i], slopes[i], weights.Tolerance!.Allowed(i, Precision.Of(DType.Float64), strict: false), $"element {i}");
        }
    }

    [Test]
    public void IwaeBound_WithoutWeights_IsRefused() =>
        Assert.That(() => new ReferenceKernels().IwaeBound(new Tensor([2, 0], Array.Empty<double>())), Throws.TypeOf<RefusalException>());
}
