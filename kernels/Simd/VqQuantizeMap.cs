using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Search;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// The same where the vectors are the channels at the positions of [B, D, H, W]: read and written where they lie. What others do by
// permuting to [B·H·W, D] and back costs two passes over the map, and a plain reshape in its place scrambles it without an error.
public static unsafe class VqQuantizeMap
{
    [Kernel("vq_quantize_map")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, Span<float> quantized, Span<long> indices, int b, int k, int d)
    {
        var positions = Rows.Width(indices.Length, b);
        Spans.Hold([b, positions], [indices.Length]);
        Spans.Hold([b, d, positions], [z.Length, quantized.Length]);
        Spans.Hold([k, d], [codebook.Length]);
        Spans.Within(k, Math.Min(1, indices.Length), int.MaxValue);
        fixed (float* maps = z, codes = codebook, output = quantized)
        {
            fixed (long* chosen = indices)
            {
                NearestCode.Of(Vectors.OfMaps(maps, b, d, positions), codes, k, new Channels(codes, d, positions, output, chosen));
            }
        }
    }

    [Kernel("vq_quantize_map.vjp")]
    public static void Vjp(ReadOnlySpan<float> dQuantized, Span<float> dZ, Span<float> dCodebook) => VqQuantize.Vjp(dQuantized, dZ, dCodebook);

    private readonly struct Channels(float* codebook, nint width, nint positions, float* quantized, long* indices) : IFound
    {
        /// <summary>Channel by channel: a channel's positions lie side by side.</summary>
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                indices[n] = codes[n - from];
            }

            for (var start = from; start < to;)
            {
                var (map, position) = (start / positions, start % positions);
                var end = Math.Min(to, (map + 1) * positions);
                for (nint c = 0; c < width; c++)
                {
                    var channel = quantized + ((((map * width) + c) * positions) + position - start);
                    for (var n = start; n < end; n++)
                    {
                        channel[n] = codebook[(codes[n - from] * width) + c];
                    }
                }

                start = end;
            }
        }
    }
}
