using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// e^x with a table in registers: e^x = 2^n 2^(j/16) e^r with |r| ≤ ln 2 / 32, of which three terms do
/// where |r| ≤ ln 2 / 2 asks for seven.
/// </summary>
internal static class TabledExp
{
    public const float Log2E = 1.44269504f;

    // ln 2 in two parts: (n + j/16) · High is exact for every n that an exponent can be.
    public const float MinusLn2High = -0.693359375f;
    public const float MinusLn2Low = 2.12194440e-4f;

    // 1.5 · 2^19: what is added to it is rounded to sixteenths, which its lowest bits then hold.
    public const float Rounder = 786432f;

    // ½ and a little: what r⁴ / 24 has in common with r².
    public const float Second = 0.5000162f;
    public const float Third = 0.16666667f;

    public static ReadOnlySpan<float> Powers =>
    [
        1f, 1.0442737f, 1.0905077f, 1.1387886f, 1.1892071f, 1.2418578f, 1.2968396f, 1.3542556f,
        1.4142135f, 1.4768262f, 1.5422108f, 1.6104903f, 1.6817929f, 1.7562522f, 1.8340081f, 1.9152066f,
    ];

    /// <summary>Of x within ±128, or NaN; what leaves the normal numbers does so gradually.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : struct, ILanes<V>
    {
        var rounded = V.MulAdd(x, V.Of(Log2E), V.Of(Rounder));
        var n = rounded - V.Of(Rounder);
        var r = V.MulAdd(n, V.Of(MinusLn2Low), V.MulAdd(n, V.Of(MinusLn2High), x));
        var p = V.MulAdd(r * r, V.MulAdd(r, V.Of(Third), V.Of(Second)), r);
        var power = V.Pick(Powers, rounded);
        return V.Scale(V.MulAdd(power, p, power), n);
    }
}
