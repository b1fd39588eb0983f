using LatentConformance.Contract;
using LatentConformance.Reference;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class ResamplingTests
{
    /// <summary>Each map is its Kronecker product with a square of ones.</summary>
    [SecondRoute("upsample_nearest")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void UpsampleNearest_EachMap_IsAKroneckerProductWithOnes(int factor)
    {
        var x = Tensors.Normal("x", 2, 3, 2, 4);
        var square = Matrix<double>.Build.Dense(factor, factor, 1);

        var maps = x.ToDoubles().Chunk(8).Select(map => Matrix<double>.Build.Dense(2, 4, (h, w) => map[(h * 4) + w]).KroneckerProduct(square));

        Agreement.Exactly(new ReferenceKernels().UpsampleNearest(x, factor), [.. maps.SelectMany(m => m.EnumerateRows().SelectMany(row => row))]);
    }

    /// <summary>Channel by channel into the places that are theirs, by loops over what the formula names.</summary>
    [SecondRoute("pixel_shuffle", "pixel_unshuffle")]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void PixelShuffle_EveryElement_GoesWhereItsChannelSays(int r)
    {
        const int B = 2, C = 2, H = 3, W = 4;
        var deep = Tensors.Normal("deep", B, C * r * r, H, W);
        var wide = new double[deep.Count];
        for (var (b, source) = (0, 0); b < B; b++)
        {
            for (var channel = 0; channel < C * r * r; channel++)
            {
                var (c, i, j) = (channel / r / r, channel / r % r, channel % r);
                for (var position = 0; position < H * W; position++)
                {
                    var (row, column) = ((position / W * r) + i, (position % W * r) + j);
                    wide[(((((b * C) + c) * H * r) + row) * W * r) + column] = deep[source++];
                }
            }
        }

        var reference = new ReferenceKernels();
        Agreement.Exactly(reference.PixelShuffle(deep, r), wide);
        Agreement.Exactly(reference.PixelUnshuffle(new Tensor([B, C, H * r, W * r], wide), r), deep.ToDoubles());
    }

    [SecondRoute("upsample_nearest.vjp", "pixel_shuffle.vjp", "pixel_unshuffle.vjp")]
    [TestCase("upsample_nearest", 3, 2, 3)]
    [TestCase("pixel_shuffle", 8, 2, 3)]
    [TestCase("pixel_unshuffle", 3, 4, 6)]
    public void ResamplingVjp_EveryElement_FollowsCentralDifferences(string operation, int channels, int height, int width) =>
        CentralDifference.Agrees(operation, new Dictionary<string, Tensor>
        {
            ["x"] = Tensors.Normal(operation, 2, channels, height, width),
            ["factor"] = new([], [2L]),
        });

    [TestCase("upsample_nearest", 0L)]
    [TestCase("pixel_shuffle", 2L)]
    [TestCase("pixel_unshuffle", 2L)]
    [TestCase("pixel_unshuffle", -1L)]
    public void Resampling_AFactorThatDoesNotFit_IsRefused(string operation, long factor) =>
        Assert.That(
            () => Catalogue.Standard.Find(operation)!.Invoke(new ReferenceKernels(), new Dictionary<string, Tensor>
            {
                ["x"] = Tensors.Normal("x", 1, 3, 3, 4),
                ["factor"] = new([], [factor]),
            }),
            Throws.TypeOf<RefusalException>());
}
