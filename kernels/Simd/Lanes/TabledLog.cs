using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// ln x where a register holds sixteen floats and can be looked up in: half the multiplications of a polynomial that reaches from √½ to
/// √2. ln x = e ln 2 + ln c + ln(1 + r), c the middle of one of sixteen parts of [0.703, 1.406) and |r| ≤ 1/32. Around one c is 1 and r exact,
/// so that ln x is as good there as anywhere.
/// </summary>
internal static class TabledLog
{
    // Where the parts begin among the bits of floats: half a part below 23/32.
    private const int Lowest = 0x3F340000;
    private const float Ln2 = 0.693147182f;

    /// <summary>1 / c, give or take, of the parts in their order; those whose logarithm is nearly a float.</summary>
    private static ReadOnlySpan<float> Inverses =>
    [
        1.39107013f, 1.33357203f, 1.2802093f, 1.23096991f, 1.18511927f, 1.14280593f, 1.10310709f, 1.0664537f,
        1.03251493f, 1f, 0.941317141f, 0.888807893f, 0.842035592f, 0.800120592f, 0.761999667f, 0.727389693f,
    ];

    /// <summary>−ln of these, off by a three-thousandth of a rounding at most.</summary>
    private static ReadOnlySpan<float> Logarithms =>
    [
        -0.330073327f, -0.287861079f, -0.247023582f, -0.2078024f, -0.16984342f, -0.133486584f, -0.0981308296f, -0.0643388405f,
        -0.0319975056f, 0f, 0.0604751706f, 0.11787416f, 0.171932995f, 0.222992823f, 0.271809161f, 0.318292916f,
    ];

    /// <summary>ln x − lowered · ln 2 of a normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V lowered)
        where V : struct, ILanes<V>
    {
        var shifted = V.AddBits(x, V.OfBits(0x3F800000 - Lowest));
        var e = V.FromBits(V.AddBits(V.ShiftRight(shifted, 23), V.OfBits(-127))) - lowered;
        var m = V.AddBits(shifted & V.OfBits(0x007FFFFF), V.OfBits(Lowest));
        var part = V.ShiftRight(shifted, 19);
        var r = V.MulAdd(m, V.Pick(Inverses, part), V.Of(-1));
        var rest = V.MulAdd(V.MulAdd(V.Of(-0.25024548f), r, V.Of(0.33350587f)), r, V.Of(-0.4999999f));
        return V.MulAdd(e, V.Of(Ln2), V.MulAdd(r * r, rest, V.Pick(Logarithms, part) + r));
    }
}
