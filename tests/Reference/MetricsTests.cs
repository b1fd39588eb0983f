using System.Numerics;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class MetricsTests
{
    private static readonly Tensor X = Tensors.Normal("x", 6, 4);
    private static readonly Tensor XHat = Tensors.Normal("x_hat", 6, 4);

    /// <summary>The mean in decimal, then 20 log10 of range over its root.</summary>
    [SecondRoute("psnr")]
    [TestCase(1.0)]
    [TestCase(2.0)]
    [TestCase(255.0)]
    public void Psnr_AnyRange_IsRangeOverRootMeanSquare(double range)
    {
        var psnr = new ReferenceKernels().Psnr(X, XHat, range);

        Agreement.Of(psnr, [.. Enumerable.Range(0, 6).Select(b =>
        {
            var mse = X.RowOf(b).Zip(XHat.RowOf(b), (p, q) => ((decimal)p - (decimal)q) * ((decimal)p - (decimal)q)).Average();
            return Estimate.Sum([20 * Math.Log10(range), -20 * Math.Log10(Math.Sqrt((double)mse)), 1, -1]);
        })]);
    }

    [Test]
    public void Psnr_PerfectReconstruction_IsInfiniteAndItsSlopeNaNOrNothing()
    {
        var perfect = new ReferenceKernels().Psnr(X, X, 1);
        var slope = new ReferenceKernels().PsnrVjp(X, X, 1, Tensors.Of([6], _ => 1));

        Assert.That(perfect.ToDoubles(), Is.All.EqualTo(double.PositiveInfinity));
        Assert.That(slope.ToDoubles(), Is.All.NaN);
        Assert.That(slope.Tolerance!.Alternatives.Select(a => a.Value), Is.All.Zero);
    }

    /// <summary>Σ x² − 2 Σ x x̂ + Σ x̂², which no byte could hold.</summary>
    [SecondRoute("mse_bytes")]
    [Test]
    public void MseBytes_ByTheExpandedSquare_IsTheMean()
    {
        var bytes = Tensors.Whole([.. Enumerable.Range(0, 48).Select(i => (long)(i * i * 7 % 256))]).Int64.ToArray();

        var mse = new ReferenceKernels().MseBytes(new Tensor([4, 6], bytes[..24]), new Tensor([4, 6], bytes[24..]));

        Agreement.Of(mse, [.. Enumerable.Range(0, 4).Select(b =>
        {
            var pairs = Enumerable.Range(b * 6, 6).Select(i => (X: bytes[i], Y: bytes[24 + i])).ToArray();
            return Estimate.Computed((pairs.Sum(p => p.X * p.X) + pairs.Sum(p => p.Y * p.Y) - (2 * pairs.Sum(p => p.X * p.Y))) / 6.0);
        })]);
    }

    /// <summary>2 to the bits of the whole, negated, is the probability of the whole.</summary>
    [SecondRoute("bits_per_pixel")]
    [TestCase(1)]
    [TestCase(7)]
    public void BitsPerPixel_OfAllSymbols_AreTheLogarithmOfTheirProduct(long pixels)
    {
        var probabilities = Tensors.Uniform("probabilities", 0.0625, 0.9375, 5, 4);

        var bits = new ReferenceKernels().BitsPerPixel(probabilities, pixels);

        Agreement.Of(bits, [.. Enumerable.Range(0, 5).Select(b =>
            Estimate.Sum([-Math.Log2((double)probabilities.RowOf(b).Aggregate(1m, (product, p) => product * (decimal)p)) / pixels, 1, -1]))]);
    }

    [SecondRoute("psnr.vjp", "nats_to_bits.vjp", "bits_per_dim.vjp", "bits_per_pixel.vjp", "fvu.vjp")]
    [TestCase("psnr")]
    [TestCase("nats_to_bits")]
    [TestCase("bits_per_dim")]
    [TestCase("bits_per_pixel")]
    [TestCase("fvu")]
    public void Vjp_OrdinaryInputs_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    /// <summary>A probability of e^−nats is one of 2^−bits.</summary>
    [SecondRoute("nats_to_bits", "bits_per_dim")]
    [TestCase(1)]
    [TestCase(7)]
    public void Bits_OfNats_AreTheBinaryLogarithmOfTheirExponential(long dimensions)
    {
        var nats = Tensors.Normal("nats", 8);
        var answer = dimensions == 1 ? new ReferenceKernels().NatsToBits(nats) : new ReferenceKernels().BitsPerDim(nats, dimensions);

        Agreement.Of(answer, [.. nats.ToDoubles().Select(n => Estimate.Sum([Math.Log2(Math.Exp(n)) / dimensions, 1, -1]))]);
    }

    /// <summary>Numbers, positions and bits counted one by one, not multiplied.</summary>
    [SecondRoute("compression_values", "compression_positions", "compression_bits")]
    [Test]
    public void Compression_CountedOneByOne_IsTheRatioOfCounts()
    {
        var image = Tensors.Whole(3, 6, 10);
        var latents = new Tensor([2, 3], [2L, 3, 5, 4, 1, 2]);
        var (reference, imageBits, widths) = (new ReferenceKernels(), 8, Tensors.Whole(5, 7));

        Agreement.Of(reference.CompressionValues(image, latents), Ratio(Count(image, 0, 0), Count(latents, 0, 0) + Count(latents, 1, 0)));
        Agreement.Of(reference.CompressionPositions(image, latents), Ratio(Count(image, 0, 1), Count(latents, 0, 1) + Count(latents, 1, 1)));
        Agreement.Of(
            reference.CompressionBits(image, imageBits, latents, widths),
            Ratio(imageBits * Count(image, 0, 0), (5 * Count(latents, 0, 0)) + (7 * Count(latents, 1, 0))));
    }

    /// <summary>Doubling until there are enough.</summary>
    [SecondRoute("index_bits")]
    [Test]
    public void IndexBits_EverySizeAndBesideEveryPower_AreTheDoublingsThatReachIt()
    {
        long[] sizes = [.. Enumerable.Range(1, 70).Select(k => (long)k), .. Enumerable.Range(7, 55).SelectMany(b => new[] { (1L << b) - 1, 1L << b, (1L << b) + 1 })];

        var bits = new ReferenceKernels().IndexBits(Tensors.Whole(sizes));

        Assert.That(bits.Int64.ToArray(), Is.EqualTo(sizes.Select(Doublings)));
    }

    [SecondRoute("rvq_bit_rate")]
    [TestCase(1024, 8, 24000, 320)]
    [TestCase(1000, 9, 44100, 512)]
    [TestCase(1, 3, 8000, 160)]
    public void RvqBitRate_InDecimal_IsFramesTimesDoublings(long codes, long stages, long sampleRate, long hop)
    {
        var rate = new ReferenceKernels().RvqBitRate(codes, stages, sampleRate, hop);

        Agreement.Of(rate, Estimate.Computed((double)((decimal)sampleRate / hop * stages * Doublings(codes))));
    }

    /// <summary>Σ_ij (x_i − x_j)² / 2 N² is the variance, and no mean is needed.</summary>
    [SecondRoute("active_units")]
    [TestCase(0.25)]
    [TestCase(1.0)]
    [TestCase(0.0)]
    public void ActiveUnits_ByPairs_AreThoseThatVary(double threshold)
    {
        var mu = Tensors.Of([6, 4], i => X[i] * (i % 4));

        var count = new ReferenceKernels().ActiveUnits(mu, threshold);

        Assert.That(count.Int64[0], Is.EqualTo(Enumerable.Range(0, 4).Count(j => (double)Pairs(mu, j) / 12 / 6 > threshold)));
    }

    [SecondRoute("fvu")]
    [Test]
    public void Fvu_ByPairs_IsTheErrorOverWhatPairsDiffer()
    {
        var error = X.ToDoubles().Zip(XHat.ToDoubles(), (p, q) => ((decimal)p - (decimal)q) * ((decimal)p - (decimal)q)).Sum();
        var total = Enumerable.Range(0, 4).Sum(j => Pairs(X, j)) / 12;

        Agreement.Of(new ReferenceKernels().Fvu(X, XHat), Estimate.Computed((double)(error / total)));
    }

    private static decimal Pairs(Tensor x, int column) => (
        from i in Enumerable.Range(0, x.Shape[0])
        from j in Enumerable.Range(0, x.Shape[0])
        let apart = (decimal)x[i, column] - (decimal)x[j, column]
        select apart * apart).Sum();

    private static long Doublings(long codes)
    {
        var bits = 0;
        for (BigInteger reach = 1; reach < codes; reach *= 2)
        {
            bits++;
        }

        return bits;
    }

    private static Estimate Ratio(int image, int latents) => Estimate.Computed((double)((decimal)image / latents));

    private static int Count(Tensor sizes, int grid, int first)
    {
        var axes = sizes.Shape[^1];
        IEnumerable<int> all = [0];
        for (var axis = first; axis < axes; axis++)
        {
            var size = (int)sizes.Int64[(grid * axes) + axis];
            all = all.SelectMany(_ => Enumerable.Range(0, size));
        }

        return all.Count();
    }
}
