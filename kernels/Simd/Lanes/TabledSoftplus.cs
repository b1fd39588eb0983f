using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// ln(1 + u) of u in [0, 1] with tables in registers, and without a division: ln(1 + c) + ln(1 + (u − c) / (1 + c)), c near the middle of one
/// of sixteen parts. Around zero c is zero and nothing is rounded, however small u is.
/// </summary>
internal static class TabledSoftplus
{
    /// <summary>Parts between 0 and 1, a little fewer than 15½: u = 1 still belongs to the last.</summary>
    public const float Parts = 15.49f;

    // 1.5 · 2^23: what is added to it is rounded to a whole number, which its lowest bits then hold.
    public const float Rounder = 12582912f;

    public static ReadOnlySpan<float> Middles =>
    [
        0f, 0.06453727f, 0.1292803f, 0.1934602f, 0.25811714f, 0.3231842f, 0.38691562f, 0.45175543f,
        0.51693046f, 0.58038104f, 0.6454941f, 0.7098781f, 0.7751812f, 0.83895975f, 0.903452f, 0.9679795f,
    ];

    /// <summary>1 / (1 + c).</summary>
    public static ReadOnlySpan<float> Inverses =>
    [
        1f, 0.9393753f, 0.88551974f, 0.83789974f, 0.79483855f, 0.7557527f, 0.7210244f, 0.68882126f,
        0.659226f, 0.6327588f, 0.6077202f, 0.584837f, 0.5633228f, 0.5437857f, 0.5253613f, 0.5081354f,
    ];

    /// <summary>ln(1 + c): those c are taken whose logarithm is nearly a float.</summary>
    public static ReadOnlySpan<float> Logarithms =>
    [
        0f, 0.06254022f, 0.121580526f, 0.17685682f, 0.22961627f, 0.2800411f, 0.3270823f, 0.37277347f,
        0.41668886f, 0.45766598f, 0.4980407f, 0.5364221f, 0.5739025f, 0.60920006f, 0.64366907f, 0.6770074f,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V u)
        where V : struct, ILanes<V>
    {
        var part = V.MulAdd(u, V.Of(Parts), V.Of(Rounder));
        var r = (u - V.Pick(Middles, part)) * V.Pick(Inverses, part);
        return V.MulAdd(r * r, TabledLog.Rest(r), r) + V.Pick(Logarithms, part);
    }
}
