using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Search;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// k_i = argmin_k ‖z_i − e_k‖², lowest index on ties: the search itself, see Search/NearestCode.cs.
public static unsafe class VqAssign
{
    [Kernel("vq_assign")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, Span<long> indices, int k, int d)
    {
        Spans.Hold([indices.Length, d], [z.Length]);
        Spans.Hold([k, d], [codebook.Length]);
        Spans.Within(k, Math.Min(1, indices.Length), int.MaxValue);
        fixed (float* vectors = z, codes = codebook)
        {
            fixed (long* chosen = indices)
            {
                NearestCode.Of(Vectors.OfMatrix(vectors, indices.Length, d), codes, k, new Index(chosen));
            }
        }
    }

    private readonly struct Index(long* indices) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                indices[n] = codes[n - from];
            }
        }
    }
}
