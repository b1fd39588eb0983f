using System.Numerics;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class FsqIndicesTests
{
    /// <summary>An odometer whose first wheel turns fastest: its n-th stand is the n-th index, whatever a basis is.</summary>
    [SecondRoute("fsq_codes_to_indices", "fsq_indices_to_codes")]
    [TestCase(2L)]
    [TestCase(3L, 4L, 2L, 5L)]
    [TestCase(8L, 5L, 5L, 5L)]
    public void Indices_EveryCodeOfTheBook_CountLikeAnOdometer(params long[] levels)
    {
        var stands = new List<long[]>();
        for (var wheels = new long[levels.Length]; ; Advance(wheels, levels))
        {
            if (stands.Count > 0 && wheels.All(w => w == 0))
            {
                break;
            }

            stands.Add([.. wheels]);
        }

        var codes = Codes(stands, levels);
        var indices = Tensors.Whole([.. Enumerable.Range(0, stands.Count).Select(i => (long)i)]);
        var reference = new ReferenceKernels();

        Assert.That(reference.FsqCodesToIndices(codes, Tensors.Whole(levels)).Int64.ToArray(), Is.EqualTo(indices.Int64.ToArray()));
        Agreement.Exactly(reference.FsqIndicesToCodes(indices, Tensors.Whole(levels)), codes.ToDoubles());
    }

    /// <summary>Horner's rule in whole numbers of any size: nothing wraps at 2³¹ and nothing rounds at 2⁵³.</summary>
    [SecondRoute("fsq_codes_to_indices", "fsq_indices_to_codes")]
    [TestCase(8L, 11)]
    [TestCase(8L, 20)]
    [TestCase(1000L, 6)]
    [TestCase(7L, 22)]
    public void Indices_OfHugeBooks_AreExact(long level, int dimensions)
    {
        var draws = new Draws($"{level}^{dimensions}");
        long[] levels = [.. Enumerable.Repeat(level, dimensions)];
        List<long[]> digits =
        [
            .. Enumerable.Range(0, 50).Select(_ => levels.Select(l => draws.Below(l)).ToArray()),
            [.. levels.Select(l => l - 1)],
        ];
        var expected = digits.Select(row => (long)row.Reverse().Aggregate(BigInteger.Zero, (index, digit) => (index * level) + digit)).ToArray();
        var reference = new ReferenceKernels();

        Assert.That(reference.FsqCodesToIndices(Codes(digits, levels), Tensors.Whole(levels)).Int64.ToArray(), Is.EqualTo(expected));
        Agreement.Exactly(reference.FsqIndicesToCodes(Tensors.Whole(expected), Tensors.Whole(levels)), Codes(digits, levels).ToDoubles());
    }

    /// <summary>Codes come back from float32, where (digit − w)/w is rounded: the digit is still the right one.</summary>
    [SecondRoute("fsq_codes_to_indices")]
    [TestCase(7L, 11L)]
    [TestCase(3L, 1001L)]
    public void Indices_OfCodesRoundedToFloat32_AreThoseOfTheExactOnes(params long[] levels)
    {
        List<long[]> digits = [.. Enumerable.Range(0, (int)levels[1]).Select(d => new[] { d % levels[0], d })];

        var indices = new ReferenceKernels().FsqCodesToIndices(Codes(digits, levels).As(DType.Float32), Tensors.Whole(levels));

        Assert.That(indices.Int64.ToArray(), Is.EqualTo(digits.Select(d => d[0] + (levels[0] * d[1]))));
    }

    /// <summary>Channel by channel: a map of one level's digits for each, read off by division.</summary>
    [SecondRoute("fsq_indices_to_codes_map")]
    [Test]
    public void IndicesToCodesMap_ChannelByChannel_IsAMapOfDigits()
    {
        long[] levels = [3, 8, 5];
        var indices = new Tensor([2, 4, 7], [.. Enumerable.Range(0, 56).Select(i => i * 37L % 120)]);

        var codes = new ReferenceKernels().FsqIndicesToCodesMap(indices, Tensors.Whole(levels));

        Assert.That(codes.Shape.ToArray(), Is.EqualTo(new[] { 2, 3, 4, 7 }));
        Agreement.Exactly(codes, [..
            from map in Enumerable.Range(0, 2)
            from channel in Enumerable.Range(0, 3)
            from place in Enumerable.Range(0, 28)
            let rest = (int)indices.Int64[(28 * map) + place] / new[] { 1, 3, 24 }[channel]
            let width = levels[channel] / 2
            select (double)((rest % levels[channel]) - width) / width]);
    }

    [TestCase(1.5)]
    [TestCase(-1.5)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void CodesToIndices_ACodeThatIsNoLevel_IsRefused(double code) =>
        Assert.That(() => new ReferenceKernels().FsqCodesToIndices(Tensors.Row(code), Tensors.Whole(5)), Throws.TypeOf<RefusalException>());

    [TestCase(-1)]
    [TestCase(60)]
    public void IndicesToCodes_OutsideTheBook_IsRefused(long index) =>
        Assert.That(() => new ReferenceKernels().FsqIndicesToCodes(Tensors.Whole(index), Tensors.Whole(3, 4, 5)), Throws.TypeOf<RefusalException>());

    private static void Advance(long[] wheels, long[] levels)
    {
        for (var d = 0; d < wheels.Length; d++)
        {
            wheels[d] = (wheels[d] + 1) % levels[d];
            if (wheels[d] != 0)
            {
                return;
            }
        }
    }

    /// <summary>A digit stands for −1, −1 + 1/w, …: the w-th for zero.</summary>
    private static Tensor Codes(List<long[]> digits, long[] levels) => Tensors.Of([digits.Count, levels.Length], i =>
    {
        var width = levels[i % levels.Length] / 2;
        return (double)(digits[i / levels.Length][i % levels.Length] - width) / width;
    });
}
