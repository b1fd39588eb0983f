using LatentConformance.Contract;

namespace LatentConformance.Simd;

// The lesson's code: half = (L − 1)/2 and no offset, so that an even L has L − 1 or L values as the halves fall; whole numbers.
public static class FsqTanhHalf
{
    [Kernel("fsq_tanh_half")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, Span<float> codes) =>
        FsqBounds.Forward(z, levels, FsqBound.TanhHalf, codes);

    [Kernel("fsq_tanh_half.vjp")]
    public static void Vjp(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, ReadOnlySpan<float> dCodes, Span<float> dZ) =>
        FsqBounds.Vjp(z, levels, FsqBound.TanhHalf, dCodes, dZ);
}
