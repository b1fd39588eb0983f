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

    /// <summary>e^x: 0 far below, ∞ far above, NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, ILanes<V>
    {
        var (n, r) = Reduced(x);
        return Scaled(V.Of(1) + (r + (r * r * Rest(r))), n);
    }

    /// <summary>e^x − 1, to its own last digit near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1<V>(V x)
        where V : struct, ILanes<V>
    {
        // 2^n (e^r − 1) + (2^n − 1); at n = 0 nothing is added. Beyond 2^127 the −1 is long lost.
        var (n, r) = Reduced(V.Min(V.Of(89), x));
        var small = r + (r * r * Rest(r));
        var half = Power(n);
        var result = V.MulAdd(half, small, half - V.Of(1));
        return V.Select(V.Less(V.Of(88), x), Exp(x), result);
    }

    /// <summary>e^x − 1 − x: where x is small the two that cancel are left out of the sum rather than taken off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpM1MinusX<V>(V x)
        where V : struct, ILanes<V>
    {
        var (n, r) = Reduced(x);
        var rest = r * r * Rest(r);
        var far = Scaled(V.Of(1) + (r + rest), n) - V.Of(1) - x;
        return V.Select(V.Equal(n, V.Of(0)), rest, far);
    }

    /// <summary>ln x: −∞ at 0, NaN below, ∞ at ∞. Numbers below the normal ones are raised first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, ILanes<V>
    {
        var tiny = V.Less(x, V.Of(1.17549435e-38f));
        var raised = V.Select(tiny, x * V.Of(8388608f), x);

        // x = m · 2^e with m in [√½, √2): m − 1 is exact, so ln x is as good near one as anywhere.
        var shifted = V.AddBits(raised, V.OfBits(0x3F800000 - 0x3F3504F3));
        var e = V.FromBits(V.AddBits(V.ShiftRight(shifted, 23), V.OfBits(-127))) - V.Select(tiny, V.Of(23), V.Of(0));
        var m = V.AddBits(shifted & V.OfBits(0x007FFFFF), V.OfBits(0x3F3504F3));
        var f = m - V.Of(1);

        var p = V.Of(7.0376836292e-2f);
        p = V.MulAdd(p, f, V.Of(-1.1514610310e-1f));
        p = V.MulAdd(p, f, V.Of(1.1676998740e-1f));
        p = V.MulAdd(p, f, V.Of(-1.2420140846e-1f));
        p = V.MulAdd(p, f, V.Of(1.4249322787e-1f));
        p = V.MulAdd(p, f, V.Of(-1.6668057665e-1f));
        p = V.MulAdd(p, f, V.Of(2.0000714765e-1f));
        p = V.MulAdd(p, f, V.Of(-2.4999993993e-1f));
        p = V.MulAdd(p, f, V.Of(3.3333331174e-1f));
        var square = f * f;
        var tail = V.MulAdd(e, V.Of(Ln2Low), f * square * p) - (V.Of(0.5f) * square);
        var result = V.MulAdd(e, V.Of(Ln2High), f + tail);

        result = V.Select(V.Equal(x, V.Of(0)), V.Of(float.NegativeInfinity), result);
        result = V.Select(V.Less(x, V.Of(0)), V.Of(float.NaN), result);
        var finite = V.Less(x, V.Of(float.PositiveInfinity));
        return V.Select(finite, result, x);
    }

    /// <summary>tanh x = t / (t + 2) with t = e^2x − 1: no cancellation at zero, no overflow far out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, ILanes<V>
    {
        // tanh 9.1 is 1 in float32. Min and Max keep NaN.
        var clipped = V.Max(V.Of(-9.5f), V.Min(V.Of(9.5f), x));
        var t = ExpM1(clipped + clipped);
        return t / (t + V.Of(2));
    }

    /// <summary>1 / (1 + e^−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, ILanes<V> => V.Of(1) / (V.Of(1) + Exp(-x));

    /// <summary>ln(1 + e^−|x|), what is left of a softplus beside max(x, 0): with u = e^−|x|, ln(1 + u) as u · ln(w)/(w − 1), w = 1 + u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1pExpOfMinusAbs<V>(V x)
        where V : struct, ILanes<V>
    {
        // Kahan's quotient takes the rounding of 1 + u back; where w is 1, ln(1 + u) is u.
        var u = Exp(-V.Abs(x));
        var w = V.Of(1) + u;
        var quotient = Log(w) * u / (w - V.Of(1));
        return V.Select(V.Equal(w, V.Of(1)), u, quotient);
    }

    /// <summary>x = n ln 2 + r with |r| ≤ ½ ln 2; far out n is as large as two halves of it can be scaled by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V N, V R) Reduced<V>(V x)
        where V : struct, ILanes<V>
    {
        var clipped = V.Max(V.Of(-130), V.Min(V.Of(130), x));
        var n = V.Round(clipped * V.Of(Log2E));
        var r = V.MulAdd(n, V.Of(-Ln2High), clipped);
        return (n, V.MulAdd(n, V.Of(-Ln2Low), r));
    }

    /// <summary>(e^r − 1 − r) / r².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest<V>(V r)
        where V : struct, ILanes<V>
    {
        var p = V.Of(1.9875691500e-4f);
        p = V.MulAdd(p, r, V.Of(1.3981999507e-3f));
        p = V.MulAdd(p, r, V.Of(8.3334519073e-3f));
        p = V.MulAdd(p, r, V.Of(4.1665795894e-2f));
        p = V.MulAdd(p, r, V.Of(1.6666665459e-1f));
        return V.MulAdd(p, r, V.Of(5.0000001201e-1f));
    }

    /// <summary>value · 2^n in two steps: 2^n itself leaves the exponents long before e^x underflows to zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled<V>(V value, V n)
        where V : struct, ILanes<V>
    {
        var half = V.Round(n * V.Of(0.5f));
        return value * Power(half) * Power(n - half);
    }

    /// <summary>2^n of a whole n within the exponents of a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power<V>(V n)
        where V : struct, ILanes<V> => V.ShiftLeft(V.AddBits(V.ToBits(n), V.OfBits(127)), 23);
}
