using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// index = high · 2^low_bits + low, and back: shifts of 64-bit numbers.
public static class LfqTokens
{
    [Kernel("lfq_split_tokens")]
    public static void Split(ReadOnlySpan<long> indices, long lowBits, Span<long> high, Span<long> low)
    {
        Spans.Hold([indices.Length], [high.Length, low.Length]);
        var (shift, mask) = ((int)lowBits, (1L << (int)lowBits) - 1);
        for (var n = 0; n < indices.Length; n++)
        {
            high[n] = indices[n] >> shift;
            low[n] = indices[n] & mask;
        }
    }

    [Kernel("lfq_join_tokens")]
    public static void Join(ReadOnlySpan<long> high, ReadOnlySpan<long> low, long lowBits, Span<long> indices)
    {
        Spans.Hold([indices.Length], [high.Length, low.Length]);
        var shift = (int)lowBits;
        for (var n = 0; n < indices.Length; n++)
        {
            indices[n] = (high[n] << shift) | low[n];
        }
    }
}
