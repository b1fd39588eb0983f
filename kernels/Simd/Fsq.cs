using LatentConformance.Contract;

namespace LatentConformance.Simd;

// The form in wide use: half = (L − 1)(1 + 1e-3)/2, shift = atanh(offset/half), width = L div 2.
public static class Fsq
{
    [Kernel("fsq")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, Span<float> codes) =>
        FsqBounds.Forward(z, levels, FsqBound.WideUse, codes);

    [Kernel("fsq.vjp")]
    public static void Vjp(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, ReadOnlySpan<float> dCodes, Span<float> dZ) =>
        FsqBounds.Vjp(z, levels, FsqBound.WideUse, dCodes, dZ);
}
