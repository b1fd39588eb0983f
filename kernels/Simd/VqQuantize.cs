using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Search;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// The nearest code itself: z + sg(e − z) has its value, less two roundings. Backward straight through: the whole gradient to z,
// nothing to the codebook.
public static unsafe class VqQuantize
{
    [Kernel("vq_quantize")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, Span<float> quantized, Span<long> indices, int k, int d)
    {
        Spans.Hold([indices.Length, d], [z.Length, quantized.Length]);
        Spans.Hold([k, d], [codebook.Length]);
        Spans.Within(k, Math.Min(1, indices.Length), int.MaxValue);
        fixed (float* vectors = z, codes = codebook, output = quantized)
        {
            fixed (long* chosen = indices)
            {
                NearestCode.Of(Vectors.OfMatrix(vectors, indices.Length, d), codes, k, new Row(codes, d, output, chosen));
            }
        }
    }

    [Kernel("vq_quantize.vjp")]
    public static void Vjp(ReadOnlySpan<float> dQuantized, Span<float> dZ, Span<float> dCodebook)
    {
        Spans.Hold([dQuantized.Length], [dZ.Length]);
        Copied.To(dQuantized, dZ);
        dCodebook.Clear();
    }

    private readonly struct Row(float* codebook, nint width, float* quantized, long* indices) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                indices[n] = codes[n - from];
                new ReadOnlySpan<float>(codebook + (codes[n - from] * width), (int)width).CopyTo(new Span<float>(quantized + (n * width), (int)width));
            }
        }
    }
}
