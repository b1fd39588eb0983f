using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Contract;

[TestFixture]
public sealed class PrecisionTests
{
    private const int Draws = 20_000;

    private static readonly double[] Corners =
    [
        0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue,
        float.MaxValue, float.Epsilon, 3.4028235677973366e38, 3.4028235677973362e38, 1e39, -1e39,
        65504, 65519.99, 65520, 65536, 6.103515625e-05, 5.9604644775390625e-08, 2.9802322387695312e-08, 2.98023223876953163e-08,
        1.401298464324817e-45, 7.006492321624085e-46, 7.0064923216240862e-46, 1.1754943508222875e-38, 1.1754942807573643e-38,
    ];

    [Test]
    public void Round_ToFloat32_IsTheCast() => Agrees(DType.Float32, v => (float)v);

    [Test]
    public void Round_ToFloat16_IsTheCast() => Agrees(DType.Float16, v => (double)(Half)v);

    [Test]
    public void Round_ToFloat64_IsTheValue() => Agrees(DType.Float64, v => v);

    /// <summary>On float32 values: add half of what is cut off, and one less where the kept part is even; a carry reaches the exponent.</summary>
    [TestCase(DType.BFloat16, 16)]
    [TestCase(DType.TensorFloat32, 13)]
    public void Round_OfAFloat32ToFewerBits_IsRoundingOfItsBits(DType dtype, int cut)
    {
        var precision = Precision.Of(dtype);
        foreach (var value in Values().Select(v => (float)v).Where(v => !float.IsNaN(v)))
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            var half = (1u << (cut - 1)) - 1 + ((bits >> cut) & 1);
            var expected = float.IsInfinity(value) ? value : BitConverter.UInt32BitsToSingle((bits + half) >> cut << cut);
            Assert.That(precision.Round(value), Is.EqualTo((double)expected), $"{value:R}");
        }
    }

    [TestCase(DType.Float32)]
    [TestCase(DType.TensorFloat32)]
    [TestCase(DType.BFloat16)]
    [TestCase(DType.Float16)]
    public void Round_OfARoundedValue_ChangesNothing(DType dtype)
    {
        var precision = Precision.Of(dtype);
        foreach (var once in Values().Select(precision.Round))
        {
            Assert.That(precision.Round(once), Is.EqualTo(once));
        }
    }

    [TestCase(DType.Float64, 1.1102230246251565e-16, 2.2250738585072014e-308)]
    [TestCase(DType.Float32, 5.9604644775390625e-08, 1.1754943508222875e-38)]
    [TestCase(DType.TensorFloat32, 0.00048828125, 1.1754943508222875e-38)]
    [TestCase(DType.BFloat16, 0.00390625, 1.1754943508222875e-38)]
    [TestCase(DType.Float16, 0.00048828125, 6.103515625e-05)]
    public void Of_AFloatingType_KnowsItsRoundoffAndItsSmallestNormal(DType dtype, double roundoff, double tiny) =>
        Assert.That((Precision.Of(dtype).Storage, Precision.Of(dtype).Tiny), Is.EqualTo((roundoff, tiny)));

    [Test]
    public void Of_Int64_Throws() => Assert.That(() => Precision.Of(DType.Int64), Throws.ArgumentException);

    [TestCase(DType.Float64, DType.Float32)]
    [TestCase(DType.Float32, DType.Float16)]
    [TestCase(DType.TensorFloat32, DType.BFloat16)]
    [TestCase(DType.BFloat16, null)]
    [TestCase(DType.Float16, null)]
    public void NextLower_OfAType_IsWhatACarelessCastGoesThrough(DType dtype, DType? lower) =>
        Assert.That(Precision.Of(dtype).NextLower?.DType, Is.EqualTo(lower));

    private static void Agrees(DType dtype, Func<double, double> cast)
    {
        var precision = Precision.Of(dtype);
        foreach (var value in Values())
        {
            var (rounded, expected) = (precision.Round(value), cast(value));
            Assert.That(BitConverter.DoubleToInt64Bits(rounded), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected)), $"{value:R}: {rounded:R}, not {expected:R}");
        }
    }

    /// <summary>The corners, any significand at exponents that all types reach and pass, and ties of every type.</summary>
    private static IEnumerable<double> Values()
    {
        var draws = new Draws("precision");
        foreach (var corner in Corners)
        {
            yield return corner;
        }

        for (var i = 0; i < Draws; i++)
        {
            var exponent = (int)draws.Below(300) - 160;
            yield return Math.ScaleB(1 + ((draws.Next() >> 12) * Math.ScaleB(1, -52)), exponent) * (i % 2 == 0 ? 1 : -1);
            var significandBits = 8 + (int)draws.Below(18);
            yield return Math.ScaleB((1 << significandBits) + draws.Below(1 << significandBits) + 0.5, exponent);
        }
    }
}
