using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class QuantizerLayerTests
{
    private const double Beta = 0.75;
    private const double Decay = 0.625;
    private const double Epsilon = 0.125;
    private static readonly Tensor Z = Tensors.Normal("z", 9, 3);
    private static readonly Tensor Codebook = Tensors.Normal("codebook", 5, 3);
    private static readonly Tensor Counts = Tensors.Vector(2, 0.5, 0.625, 1.5, 0.25);
    private static readonly Tensor Sums = Tensors.Normal("sums", 5, 3);
    private static readonly Tensor Mask = Tensors.Vector(1, 0, 1, 1, 1, 0, 1, 0, 1);
    private static readonly Tensor Upstream = Tensors.Normal("upstream", 9, 3);
    private static readonly int[] Real = [.. Enumerable.Range(0, 9).Where(i => Mask[i] == 1)];
    private static readonly int[] Chosen = NearestCode.Of(Z, Codebook);

    /// <summary>The rows that count taken out, asked by themselves in whole numbers, and put back.</summary>
    [SecondRoute("vq_layer")]
    [TestCase(1)]
    [TestCase(0)]
    public void VqLayer_WithPadding_IsItsRealRowsByThemselves(long training)
    {
        var (quantized, indices, loss) = new ReferenceKernels().VqLayer(Z, Codebook, Beta, Mask, training);

        var squares = Real.Sum(i => NearestCode.Distances(Z, Codebook)[i]);
        Agreement.Exactly(quantized!, [.. Enumerable.Range(0, 9).SelectMany(i => Real.Contains(i) ? Codebook.RowOf(Chosen[i]) : Z.RowOf(i))]);
        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(Chosen.Select((k, i) => Real.Contains(i) ? k : -1L)));
        Agreement.Of(loss!, training == 0 ? 0 : Estimate.Computed((1 + Beta) * squares / (3 * Real.Length)));
    }

    /// <summary>Choices, codes of the commitment and vectors of the codebook term frozen: what is left has a slope.</summary>
    [SecondRoute("vq_layer.vjp")]
    [Test]
    public void VqLayerVjp_OfItsFrozenSurrogate_FollowsCentralDifferences(
        [ValueSource(typeof(Estimators), nameof(Estimators.All))] string estimator, [Values("paper", "legacy")] string beta, [Values(0, 1)] int training)
    {
        const double Upward = 1.375;
        var conventions = Estimators.Convention(estimator).With(Conventions.BetaName, beta);
        var (toEncoder, toCodebook) = beta == "paper" ? (Beta, 1.0) : (1.0, Beta);

        var (dZ, dCodebook) = new ReferenceKernels(conventions).VqLayerVjp(Z, Codebook, Beta, Mask, training, Upstream, Upward);

        var weight = training * Upward / (3 * Real.Length);
        Agreement.Of(dZ!, [.. Enumerable.Range(0, 9).SelectMany(i => Real.Contains(i)
            ? Sum(
                Estimators.Gradient(estimator, Z.RowOf(i), Codebook.RowOf(Chosen[i]), Upstream.RowOf(i)),
                CentralDifference.Gradient(Tensors.Vector(Z.RowOf(i)), v => Squares(v.ToDoubles(), Codebook.RowOf(Chosen[i]), toEncoder * weight)))
            : [.. Upstream.RowOf(i).Select(g => (Estimate)g)])]);
        Agreement.Of(dCodebook!, CentralDifference.Gradient(Codebook, moved =>
            Estimate.Sum(Real.Select(i => Squares(Z.RowOf(i), moved.RowOf(Chosen[i]), toCodebook * weight)))));
    }

    [SecondRoute("vq_ema_layer")]
    [Test]
    public void VqEmaLayer_OneStep_IsItsPartsInTheirOrder()
    {
        var kernels = new ReferenceKernels();

        var step = kernels.VqEmaLayer(Z, Codebook, Counts, Sums, Beta, Decay, Epsilon);

        var updated = kernels.EmaUpdate(Counts, Sums, Z, Tensors.Whole([.. Chosen.Select(k => (long)k)]), Decay, Epsilon);
        Assert.That(step.Indices!.Int64.ToArray(), Is.EqualTo(Chosen));
        Agreement.Exactly(step.Quantized!, [.. Chosen.SelectMany(Codebook.RowOf)]);
        Agreement.Of(step.Loss!, Estimate.Computed(Beta * NearestCode.Distances(Z, Codebook).Sum() / 27));
        Agreement.Exactly(step.NewCodebook!, updated.NewCodebook!.ToDoubles());
        Agreement.Exactly(step.NewCounts!, updated.NewCounts!.ToDoubles());
        Agreement.Exactly(step.NewSums!, updated.NewSums!.ToDoubles());
    }

    /// <summary>However hard one pulls at the new codebook, z feels its own output and its own commitment.</summary>
    [SecondRoute("vq_ema_layer.vjp")]
    [Test]
    public void VqEmaLayerVjp_OfItsFrozenSurrogate_FollowsCentralDifferences([ValueSource(typeof(Estimators), nameof(Estimators.All))] string estimator)
    {
        const double Upward = -1.125;
        var pull = Tensors.Normal("pull", 5, 3);

        var (dZ, dCodebook) = new ReferenceKernels(Estimators.Convention(estimator))
            .VqEmaLayerVjp(Z, Codebook, Counts, Sums, Beta, Decay, Epsilon, Upstream, Upward, pull);

        Agreement.Of(dZ!, [.. Enumerable.Range(0, 9).SelectMany(i => Sum(
            Estimators.Gradient(estimator, Z.RowOf(i), Codebook.RowOf(Chosen[i]), Upstream.RowOf(i)),
            CentralDifference.Gradient(Tensors.Vector(Z.RowOf(i)), v => Squares(v.ToDoubles(), Codebook.RowOf(Chosen[i]), Beta * Upward / 27))))]);
        Assert.That(dCodebook!.ToDoubles(), Is.All.Zero);
    }

    [Test]
    public void VqLayer_ForAGivenChoice_AnswersForItAndLeavesPaddingOut()
    {
        var reference = new ReferenceKernels(choice: Tensors.Whole(1, -1));

        var (quantized, _, loss) = reference.VqLayer(new Tensor([2, 1], [0.0, 7]), new Tensor([2, 1], [-1.0, 1]), 0, Tensors.Vector(1, 0), 1);

        Agreement.Exactly(quantized!, 1, 7);
        Agreement.Exactly(loss!, 1);
    }

    private static Estimate Squares(double[] z, double[] e, double weight) =>
        weight * Estimate.Sum(z.Zip(e, (a, b) => Estimate.Computed((a - b) * (a - b))));

    private static IEnumerable<Estimate> Sum(Estimate[] a, Estimate[] b) => a.Zip(b, (p, q) => p + q);
}
