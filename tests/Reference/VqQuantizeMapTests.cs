using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class VqQuantizeMapTests
{
    private const int B = 2, D = 3, H = 2, W = 4, K = 7;
    private static readonly Tensor Z = Tensors.Normal("map", B, D, H, W);
    private static readonly Tensor Codebook = Tensors.Normal("codebook", K, D);

    [SecondRoute("vq_quantize_map")]
    [Test]
    public void VqQuantizeMap_EveryPosition_IsTheNearestCodeOfItsChannels()
    {
        var (quantized, indices) = new ReferenceKernels().VqQuantizeMap(Z, Codebook);

        Assert.That(indices!.Shape.ToArray(), Is.EqualTo(new[] { B, H, W }));
        EveryPosition((b, h, w, site) =>
        {
            var nearest = NearestCode.Of(Channels(Z, b, h, w), Codebook);
            Assert.That(indices.Int64[site], Is.EqualTo(nearest));
            Assert.That(Channels(quantized!, b, h, w), Is.EqualTo(Codebook.RowOf(nearest)));
        });
    }

    [SecondRoute("vq_quantize_map.vjp")]
    [Test]
    public void VqQuantizeMapVjp_EitherEstimator_IsTheSlopeOfItsFrozenSurrogate(
        [ValueSource(typeof(Estimators), nameof(Estimators.All))] string estimator)
    {
        var upstream = Tensors.Normal("upstream", B, D, H, W);

        var (dZ, dCodebook) = new ReferenceKernels(Estimators.Convention(estimator)).VqQuantizeMapVjp(Z, Codebook, upstream);

        EveryPosition((b, h, w, site) =>
        {
            var channels = Channels(Z, b, h, w);
            var code = Codebook.RowOf(NearestCode.Of(channels, Codebook));
            var slopes = Estimators.Gradient(estimator, channels, code, Channels(upstream, b, h, w));
            for (var d = 0; d < D; d++)
            {
                var own = dZ!.Tolerance!.Allowed((((b * D) + d) * H * W) + (h * W) + w, Precision.Of(DType.Float64), strict: false);
                Agreement.Within(dZ[b, d, h, w], slopes[d], own, $"{b}, {d}, {h}, {w}");
            }
        });
        Assert.That(dCodebook!.ToDoubles(), Is.All.Zero);
    }

    private static double[] Channels(Tensor map, int b, int h, int w) => [.. Enumerable.Range(0, D).Select(d => map[b, d, h, w])];

    private static void EveryPosition(Action<int, int, int, int> visit)
    {
        var site = 0;
        for (var b = 0; b < B; b++)
        {
            for (var h = 0; h < H; h++)
            {
                for (var w = 0; w < W; w++)
                {
                    visit(b, h, w, site++);
                }
            }
        }
    }
}
