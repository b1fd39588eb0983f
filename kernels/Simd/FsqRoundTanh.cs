using LatentConformance.Contract;

namespace LatentConformance.Simd;

// The lesson's formula: half = L, whole numbers; 2L + 1 of them, and not L.
public static class FsqRoundTanh
{
    [Kernel("fsq_round_tanh")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, Span<float> codes) =>
        FsqBounds.Forward(z, levels, FsqBound.RoundTanh, codes);

    [Kernel("fsq_round_tanh.vjp")]
    public static void Vjp(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, ReadOnlySpan<float> dCodes, Span<float> dZ) =>
        FsqBounds.Vjp(z, levels, FsqBound.RoundTanh, dCodes, dZ);
}
