using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class LookupFreeQuantizerTests
{
    private const double Scale = 0.75;

    /// <summary>With the table that lookup-free quantization does without: the nearest of all 2^D corners, first bit fastest.</summary>
    [SecondRoute("lfq_quantize", "bsq_quantize")]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(6)]
    public void Quantize_OfEveryVector_IsTheNearestCorner(int dimensions)
    {
        var z = Tensors.Of([20, dimensions], i => Tensors.Normal("z", 20, dimensions)[i] + Math.ScaleB(1, -10));
        var nearest = NearestCode.Of(z, Corners(dimensions));
        var reference = new ReferenceKernels();

        var (codes, indices) = reference.LfqQuantize(z, Scale);
        var (spherical, same) = reference.BsqQuantize(z);

        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(nearest));
        Assert.That(same!.Int64.ToArray(), Is.EqualTo(nearest));
        Agreement.Exactly(codes!, [.. nearest.SelectMany(Corners(dimensions).RowOf)]);
        Agreement.Of(spherical!, [.. codes!.ToDoubles().Select(c => Estimate.Computed(Math.Sign(c) * Math.Exp(-0.5 * Math.Log(dimensions))))]);
    }

    [Test]
    public void LfqQuantize_Zero_CountsAsNegative()
    {
        var (codes, indices) = new ReferenceKernels().LfqQuantize(Tensors.Row(0.0, -0.0, 1), Scale);

        Assert.That(codes!.ToDoubles(), Is.EqualTo(new[] { -Scale, -Scale, Scale }));
        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(new[] { 4 }));
    }

    [SecondRoute("lfq_quantize.vjp")]
    [Test]
    public void LfqQuantizeVjp_WithTheStopGradientFrozen_IsTheSlopeOfTheStraightThrough()
    {
        var (z, upstream) = (Tensors.Normal("z", 7, 3), Tensors.Normal("upstream", 7, 3));
        var reference = new ReferenceKernels();
        var stopped = reference.LfqQuantize(z, Scale).Codes!.ToDoubles().Zip(z.ToDoubles(), (c, a) => c - a).ToArray();

        Agreement.Of(
            reference.LfqQuantizeVjp(z, Scale, upstream),
            CentralDifference.Gradient(z, moved => Estimate.Sum(stopped.Select((d, i) => upstream[i] * (moved[i] + d)))));
    }

    /// <summary>u + sg(code − u) with u = z/‖z‖: the normalization is differentiated, the sign is not.</summary>
    [SecondRoute("bsq_quantize.vjp")]
    [TestCase(2)]
    [TestCase(5)]
    public void BsqQuantizeVjp_WithTheStopGradientFrozen_FollowsTheNormalization(int dimensions)
    {
        var (z, upstream) = (Tensors.Uniform("z", 0.5, 2, 6, dimensions), Tensors.Normal("upstream", 6, dimensions));

        var dZ = new ReferenceKernels().BsqQuantizeVjp(z, upstream);

        Agreement.Of(dZ, CentralDifference.Gradient(z, moved => Estimate.Sum(
            from n in Enumerable.Range(0, 6)
            let row = moved.RowOf(n)
            let norm = Math.Sqrt(row.Sum(v => v * v))
            from j in Enumerable.Range(0, dimensions)
            select upstream[n, j] * row[j] / norm)));
    }

    [SecondRoute("lfq_indices_to_codes")]
    [TestCase(1)]
    [TestCase(5)]
    public void IndicesToCodes_EveryIndex_CountsThroughTheCorners(int dimensions)
    {
        var all = Tensors.Whole([.. Enumerable.Range(0, 1 << dimensions).Select(k => (long)k)]);

        Agreement.Exactly(new ReferenceKernels().LfqIndicesToCodes(all, dimensions, Scale), Corners(dimensions).ToDoubles());
    }

    [SecondRoute("lfq_indices_to_codes", "lfq_quantize")]
    [Test]
    public void Indices_OfSixtyTwoBits_AreTheirBinaryDigits()
    {
        var z = Tensors.Normal("wide", 8, 62);
        var reference = new ReferenceKernels();

        var (codes, indices) = reference.LfqQuantize(z, Scale);

        for (var n = 0; n < 8; n++)
        {
            var digits = string.Concat(z.RowOf(n).Reverse().Select(v => v > 0 ? '1' : '0'));
            Assert.That(Convert.ToString(indices!.Int64[n], 2).PadLeft(62, '0'), Is.EqualTo(digits));
        }

        Agreement.Exactly(reference.LfqIndicesToCodes(indices!, 62, Scale), codes!.ToDoubles());
    }

    [SecondRoute("lfq_indices_to_codes.vjp")]
    [Test]
    public void IndicesToCodesVjp_OfTheScale_FollowsCentralDifferences() =>
        CentralDifference.Agrees("lfq_indices_to_codes", new Dictionary<string, Tensor>
        {
            ["indices"] = Tensors.Whole(0, 5, 7, 2),
            ["dimensions"] = new([], [3L]),
            ["scale"] = Tensor.Scalar(Scale),
        });

    /// <summary>The parts are the digits of the index in base 2, cut.</summary>
    [SecondRoute("lfq_split_tokens", "lfq_join_tokens")]
    [TestCase(1)]
    [TestCase(9)]
    [TestCase(40)]
    public void Tokens_CutAnywhere_AreTheHalvesOfTheBinaryDigits(int lowBits)
    {
        long[] indices = [0, 1, 2, 511, 512, 262143, 131587, (1L << 61) + 12345, (1L << 62) - 1];
        var reference = new ReferenceKernels();

        var (high, low) = reference.LfqSplitTokens(Tensors.Whole(indices), lowBits);

        for (var i = 0; i < indices.Length; i++)
        {
            var digits = Convert.ToString(indices[i], 2).PadLeft(62, '0');
            Assert.That(high!.Int64[i], Is.EqualTo(Convert.ToInt64(digits[..^lowBits], 2)));
            Assert.That(low!.Int64[i], Is.EqualTo(Convert.ToInt64(digits[^lowBits..], 2)));
        }

        Assert.That(reference.LfqJoinTokens(high!, low!, lowBits).Int64.ToArray(), Is.EqualTo(indices));
    }

    [TestCase(4, 3)]
    [TestCase(-1, 3)]
    [TestCase(0, 8)]
    [TestCase(0, -1)]
    public void JoinTokens_PartsThatDoNotFit_AreRefused(long high, long low) =>
        Assert.That(
            () => new ReferenceKernels().LfqJoinTokens(Tensors.Whole(high == 4 ? 1L << 59 : high), Tensors.Whole(low), 3),
            Throws.TypeOf<RefusalException>());

    [TestCase(0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void LfqQuantize_AScaleThatIsNone_IsRefused(double scale) =>
        Assert.That(() => new ReferenceKernels().LfqQuantize(Tensors.Row(1, -1), scale), Throws.TypeOf<RefusalException>());

    [Test]
    public void BsqQuantize_AVectorWithoutADirection_IsRefused() =>
        Assert.That(() => new ReferenceKernels().BsqQuantize(Tensors.Row(0, 0)), Throws.TypeOf<RefusalException>());

    /// <summary>All corners ±scale, the first dimension changing fastest.</summary>
    private static Tensor Corners(int dimensions) =>
        Tensors.Of([1 << dimensions, dimensions], i => i / dimensions / (1 << (i % dimensions)) % 2 == 1 ? Scale : -Scale);
}
