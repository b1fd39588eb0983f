using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Search;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// Chunk g of z, the C numbers from g·C on, takes the nearest code of codebook g: read and written where the chunks lie.
public static unsafe class GroupedVqQuantize
{
    [Kernel("grouped_vq_quantize")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> codebooks, Span<float> quantized, Span<long> indices, int n, int g, int k, int c)
    {
        Spans.Hold([n, g, c], [z.Length, quantized.Length]);
        Spans.Hold([g, k, c], [codebooks.Length]);
        Spans.Hold([n, g], [indices.Length]);
        Spans.Within(k, Math.Min(1, indices.Length), int.MaxValue);
        fixed (float* vectors = z, books = codebooks, output = quantized)
        {
            fixed (long* chosen = indices)
            {
                for (var group = 0; group < g; group++)
                {
                    var codes = books + ((nint)group * k * c);
                    var chunks = Vectors.OfChunks(vectors + (group * c), n, c, g * c);
                    NearestCode.Of(chunks, codes, k, new Chunk(codes, c, g, group, output + (group * c), chosen));
                }
            }
        }
    }

    private readonly struct Chunk(float* codebook, nint width, nint groups, nint group, float* quantized, long* indices) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                indices[(n * groups) + group] = codes[n - from];
                new ReadOnlySpan<float>(codebook + (codes[n - from] * width), (int)width).CopyTo(new Span<float>(quantized + (n * groups * width), (int)width));
            }
        }
    }
}
