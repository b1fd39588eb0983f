using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// exp, log and what is made of them, to an ulp or two in float32: the framework's own work in double, at half the speed.
/// Arguments are reduced as Cody and Waite have it; the polynomials are minimax fits on the reduced range.
/// </summary>
internal static class Elementary
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: n · High is exact for every n that an exponent can be.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float Ln2 = 0.693147182f;

    // 2^126: numbers above it are quartered before their logarithm is taken.
    private const float Highest = 8.50705917e37f;

    // 2^−126, the smallest normal number.
    private const float Lowest = 1.17549435e-38f;

    // 1.5 · 2^23: what is added to it is rounded to a whole number, which its lowest bits then hold.
    private const float Rounder = 12582912f;

    // Where √½ begins among the bits of floats: ln is taken of the mantissa between it and √2.
    private const int RootHalf = 0x3F3504F3;

    /// <summary>e^x: 0 far below, ∞ far above, NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, ILanes<V> => ExpOfClipped(V.Max(V.Of(-110), V.Min(V.Of(90), x)));

    /// <summary>The same, held between 1e-9 and 1e9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpWithin<V>(V x)
        where V : struct, ILanes<V> => ExpOfClipped(V.Max(V.Of(-20), V.Min(V.Of(20), x)));

    /// <summary>e^x of x within ±128, or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfClipped<V>(V x)
        where V : struct, ILanes<V> => Tabled.IsFast ? TabledExp.Of(x) : ExpByAPolynomial(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpByAPolynomial<V>(V x)
        where V : struct, ILanes<V>
    {
        var (rounded, r) = ReducedClipped(x);
        return V.Scale(V.Of(1) + Minus1(r), rounded - V.Of(Rounder));
    }

    /// <summary>e^x − 1, to its own last digit near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1<V>(V x)
        where V : struct, ILanes<V>
    {
        // 2^n (e^r − 1) + (2^n − 1), both by half: 2^128 is no float. At n = 0 nothing is added, and far below 2^n is zero.
        var result = HalfExpM1(Reduced(x, -87, 89));
        return result + result;
    }

    /// <summary>e^x − 1 − x: where x is small the two that cancel are left out of the sum rather than taken off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1MinusX<V>(V x)
        where V : struct, ILanes<V>
    {
        var (rounded, r) = Reduced(x, -87, 89);
        var half = HalfPower(rounded);
        var rest = r * r * Rest(r);
        var excess = V.MulAdd(half, r + rest, half - V.Of(0.5f));
        return V.Select(V.Equal(rounded, V.Of(Rounder)), rest, excess + excess - x);
    }

    /// <summary>ln x: −∞ at 0, NaN below, ∞ at ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, ILanes<V>
    {
        var high = V.Less(V.Of(Highest), x);
        var tiny = V.Less(x, V.Of(Lowest));
        var normal = V.Select(high, x * V.Of(0.25f), V.Select(tiny, x * V.Of(8388608f), x));
        var result = LogOfRaisedNormal(normal, (V.Of(2) & high) | (V.Of(-23) & tiny));
        result = V.Select(V.Equal(x, V.Of(0)), V.Of(float.NegativeInfinity), result);
        result = V.Select(V.Less(x, V.Of(0)), V.Of(float.NaN), result);
        return V.Select(V.Less(x, V.Of(float.PositiveInfinity)), result, x);
    }

    /// <summary>ln x of a number above zero and up to 2^126, and of nothing else. Numbers below the normal ones are raised first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOfPositive<V>(V x)
        where V : struct, ILanes<V>
    {
        var tiny = V.Less(x, V.Of(Lowest));
        return LogOfRaisedNormal(V.Select(tiny, x * V.Of(8388608f), x), V.Of(-23) & tiny);
    }

    /// <summary>ln x of a normal number above zero and up to 2^126, and of nothing else but NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOfNormal<V>(V x)
        where V : struct, ILanes<V> => LogOfRaisedNormal(x, V.Of(0));

    /// <summary>tanh x = h / (h + 1) with h = (e^2x − 1) / 2: no cancellation at zero, no overflow far out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, ILanes<V>
    {
        // tanh 9.1 is 1 in float32. Min and Max keep NaN.
        var clipped = V.Max(V.Of(-9.5f), V.Min(V.Of(9.5f), x));
        var h = HalfExpM1(ReducedClipped(clipped + clipped));
        return h / (h + V.Of(1));
    }

    /// <summary>1 / (1 + e^−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, ILanes<V> => V.Of(1) / (V.Of(1) + Exp(-x));

    /// <summary>ln(1 + e^−|x|), what is left of a softplus beside max(x, 0): ln(1 + u) = 2 artanh s, s = u / (2 + u), which is a third at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1pExpOfMinusAbs<V>(V x)
        where V : struct, ILanes<V>
    {
        var u = Exp(-V.Abs(x));
        return Tabled.IsFast ? TabledSoftplus.Of(u) : Log1p(u);
    }

    /// <summary>Of u in [0, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1p<V>(V u)
        where V : struct, ILanes<V>
    {
        // artanh s = s + s³ (…) of s²: no logarithm, and nothing that rounds 1 + u.
        var s = u / (u + V.Of(2));
        var square = s * s;
        var low = V.MulAdd(V.Of(2.0012456e-1f), square, V.Of(3.3333158e-1f));
        var high = V.MulAdd(V.Of(1.4089197e-1f), square, V.Of(1.3980290e-1f));
        var rest = V.MulAdd(high, square * square, low);
        var twice = s + s;
        return V.MulAdd(twice * square, rest, twice);
    }

    /// <summary>a · 2^n in two steps: 2^n itself leaves the exponents long before the product underflows to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ScaleInTwo<V>(V a, V n)
        where V : struct, ILanes<V>
    {
        var half = V.Round(n * V.Of(0.5f));
        return a * Power(half) * Power(n - half);
    }

    /// <summary>x = n ln 2 + r with |r| ≤ ½ ln 2, after x is clipped; n comes in the lowest bits of a float, on top of the rounder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Rounded, V R) Reduced<V>(V x, float low, float high)
        where V : struct, ILanes<V> => ReducedClipped(V.Max(V.Of(low), V.Min(V.Of(high), x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Rounded, V R) ReducedClipped<V>(V clipped)
        where V : struct, ILanes<V>
    {
        var rounded = V.MulAdd(clipped, V.Of(Log2E), V.Of(Rounder));
        var n = rounded - V.Of(Rounder);
        return (rounded, V.MulAdd(n, V.Of(-Ln2Low), V.MulAdd(n, V.Of(-Ln2High), clipped)));
    }

    /// <summary>(2^n e^r − 1) / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfExpM1<V>((V Rounded, V R) reduced)
        where V : struct, ILanes<V>
    {
        var half = HalfPower(reduced.Rounded);
        return V.MulAdd(half, Minus1(reduced.R), half - V.Of(0.5f));
    }

    /// <summary>e^r − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Minus1<V>(V r)
        where V : struct, ILanes<V> => V.MulAdd(r * r, Rest(r), r);

    /// <summary>(e^r − 1 − r) / r², in pairs: half the additions need not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest<V>(V r)
        where V : struct, ILanes<V>
    {
        var square = r * r;
        var high = V.MulAdd(V.Of(1.9875691500e-4f), r, V.Of(1.3981999507e-3f));
        var middle = V.MulAdd(V.Of(8.3334519073e-3f), r, V.Of(4.1665795894e-2f));
        var low = V.MulAdd(V.Of(1.6666665459e-1f), r, V.Of(5.0000001201e-1f));
        return V.MulAdd(V.MulAdd(high, square, middle), square, low);
    }

    /// <summary>ln x + raised · ln 2 of a normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfRaisedNormal<V>(V x, V raised)
        where V : struct, ILanes<V> => Tabled.IsFast ? TabledLog.Of(x, raised) : LogByAPolynomial(x, raised);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogByAPolynomial<V>(V x, V raised)
        where V : struct, ILanes<V>
    {
        // x = m · 2^e with m in [√½, √2): m − 1 is exact, so ln x is as good near one as anywhere.
        var shifted = V.AddBits(x, V.OfBits(0x3F800000 - RootHalf));
        var e = V.FromBits(V.AddBits(V.ShiftRight(shifted, 23), V.OfBits(-127))) + raised;
        var f = V.AddBits(shifted & V.OfBits(0x007FFFFF), V.OfBits(RootHalf)) - V.Of(1);

        // In pairs and pairs of pairs: nine additions one after another would be most of the time that this takes.
        var square = f * f;
        var fourth = square * square;
        var a = V.MulAdd(V.Of(-2.4999993993e-1f), f, V.Of(3.3333331174e-1f));
        var b = V.MulAdd(V.Of(-1.6668057665e-1f), f, V.Of(2.0000714765e-1f));
        var c = V.MulAdd(V.Of(-1.2420140846e-1f), f, V.Of(1.4249322787e-1f));
        var d = V.MulAdd(V.Of(-1.1514610310e-1f), f, V.Of(1.1676998740e-1f));
        var low = V.MulAdd(b, square, a);
        var high = V.MulAdd(V.Of(7.0376836292e-2f), fourth, V.MulAdd(d, square, c));
        var p = V.MulAdd(high, fourth, low);
        // f + f² (f p − ½) + e ln 2: with |f| below a half nothing cancels, and ln 2 is as good as a float by 2^−28. 0 · x brings a NaN back.
        return V.MulAdd(V.Of(0), x, V.MulAdd(e, V.Of(Ln2), V.MulAdd(V.MulAdd(f, p, V.Of(-0.5f)), square, f)));
    }

    /// <summary>2^(n − 1), the n under a rounder; 0 where n is −126.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfPower<V>(V rounded)
        where V : struct, ILanes<V> => V.AddBits(V.ShiftLeft(rounded, 23), V.OfBits(126 << 23));

    /// <summary>2^n of a whole n within the exponents of a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V>(V n)
        where V : struct, ILanes<V> => V.ShiftLeft(V.AddBits(V.ToBits(n), V.OfBits(127)), 23);
}
