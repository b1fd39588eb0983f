using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Search;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// r_1 = z, q_i the code of codebook i nearest to r_i, r_{i+1} = r_i − q_i; quantized = Σ q_i. A stage takes its code off what is
// left as soon as it is found.
public static unsafe class RvqQuantize
{
    [Kernel("rvq_quantize")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> codebooks, Span<float> quantized, Span<long> indices, int n, int q, int k, int d)
    {
        Spans.Hold([n, d], [z.Length, quantized.Length]);
        Spans.Hold([q, k, d], [codebooks.Length]);
        Spans.Hold([n, q], [indices.Length]);
        Spans.Within(k, Math.Min(1, indices.Length), int.MaxValue);
        using var left = Scratch.OfFloats((nint)n * d);
        z.CopyTo(new Span<float>(left.Floats, z.Length));
        fixed (float* books = codebooks, output = quantized)
        {
            fixed (long* chosen = indices)
            {
                for (var stage = 0; stage < q; stage++)
                {
                    var codes = books + ((nint)stage * k * d);
                    NearestCode.Of(Vectors.OfMatrix(left.Floats, n, d), codes, k, new Stage(codes, d, q, stage, left.Floats, output, chosen));
                }
            }
        }
    }

    [Kernel("rvq_quantize.vjp")]
    public static void Vjp(ReadOnlySpan<float> dQuantized, Span<float> dZ, Span<float> dCodebooks) => VqQuantize.Vjp(dQuantized, dZ, dCodebooks);

    private readonly struct Stage(float* codebook, nint width, nint stages, nint stage, float* left, float* quantized, long* indices) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                indices[(n * stages) + stage] = codes[n - from];
                var (at, code) = (n * width, codes[n - from] * width);
                nint j = 0;
                for (; j <= width - V.Count; j += V.Count)
                {
                    Take<V>(at + j, code + j);
                }

                for (; j < width; j++)
                {
                    Take<Lane>(at + j, code + j);
                }
            }
        }

        private void Take<V>(nint at, nint from)
            where V : struct, ILanes<V>
        {
            var code = V.Load(codebook + from);
            (V.Load(left + at) - code).Store(left + at);
            (stage == 0 ? code : V.Load(quantized + at) + code).Store(quantized + at);
        }
    }
}
