using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// ln x with tables in registers: half the multiplications of a polynomial that reaches from √½ to
/// √2. ln x = e ln 2 + ln c + ln(1 + r), c the middle of one of sixteen parts of [0.703, 1.406) and |r| ≤ 1/32. Around one c is 1 and r exact,
/// so that ln x is as good there as anywhere.
/// </summary>
internal static class TabledLog
{
    /// <summary>
    /// What the bits of x, 2^126 at most, are taken from. The parts begin at 0x3F340000, half of one below 23/32; behind the subtraction −e stands where a
    /// float has its exponent, and below it the part, the last one first.
    /// </summary>
    public const int Turned = 0x7F7FFFFF - (0x3F800000 - 0x3F340000);

    public const float MinusLn2 = -0.693147182f;

    public const float Square = -0.4999999f;
    public const float Cube = 0.33350587f;
    public const float Fourth = -0.25024548f;

    /// <summary>1 / c, give or take, of the parts from the last to the first; those whose logarithm is nearly a float.</summary>
    public static ReadOnlySpan<float> Inverses =>
    [
        0.727389693f, 0.761999667f, 0.800120592f, 0.842035592f, 0.888807893f, 0.941317141f, 1f, 1.03251493f,
        1.0664537f, 1.10310709f, 1.14280593f, 1.18511927f, 1.23096991f, 1.2802093f, 1.33357203f, 1.39107013f,
    ];

    /// <summary>−ln of these, off by a three-thousandth of a rounding at most.</summary>
    public static ReadOnlySpan<float> Logarithms =>
    [
        0.318292916f, 0.271809161f, 0.222992823f, 0.171932995f, 0.11787416f, 0.0604751706f, 0f, -0.0319975056f,
        -0.0643388405f, -0.0981308296f, -0.133486584f, -0.16984342f, -0.2078024f, -0.247023582f, -0.287861079f, -0.330073327f,
    ];

    /// <summary>ln x + raised · ln 2 of a normal x; NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V raised)
        where V : struct, ILanes<V>
    {
        var turned = V.SubtractBits(V.OfBits(Turned), x);
        var minusE = V.Exponent(turned);
        var part = V.ShiftRight(turned, 19);
        var r = V.MulAdd(V.Scale(x, minusE), V.Pick(Inverses, part), V.Of(-1));
        return V.MulAdd(minusE - raised, V.Of(MinusLn2), V.MulAdd(r * r, Rest(r), V.Pick(Logarithms, part) + r));
    }

    /// <summary>(ln(1 + r) − r) / r².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Rest<V>(V r)
        where V : struct, ILanes<V> => V.MulAdd(V.MulAdd(V.Of(Fourth), r, V.Of(Cube)), r, V.Of(Square));
}
