using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Search;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// ‖sg(z) − e‖² + β ‖z − sg(e)‖²: equal in value, apart in where they pull. ∂/∂e_k = Σ 2 (e_k − z_i) over the z_i nearest to it,
// ∂/∂z = β · 2 (z − e). Both come of z − e, which is made once, while the vector that was just looked up is in the cache.
public static unsafe class VqLoss
{
    [Kernel("vq_loss")]
    public static void Forward(
        ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, double beta, Span<float> loss, Span<float> codebookTerm, Span<float> commitmentTerm, int k, int d)
    {
        Spans.Hold([loss.Length], [codebookTerm.Length, commitmentTerm.Length]);
        Spans.Hold([loss.Length, d], [z.Length]);
        Spans.Hold([k, d], [codebook.Length]);
        Spans.Within(k, Math.Min(1, loss.Length), int.MaxValue);
        fixed (float* vectors = z, codes = codebook, joined = loss, term = codebookTerm, other = commitmentTerm)
        {
            NearestCode.Of(Vectors.OfMatrix(vectors, loss.Length, d), codes, k, new Distance(vectors, codes, d, (float)beta, joined, term, other));
        }
    }

    [Kernel("vq_loss.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, double beta, ReadOnlySpan<float> dLoss, Span<float> dZ, Span<float> dCodebook, int k, int d) =>
        Routed(z, codebook, beta, 1, dLoss, dZ, dCodebook, k, d);

    /// <summary>What each end is pulled by: 1 and 0, 0 and 1 are the two terms alone.</summary>
    internal static void Routed(
        ReadOnlySpan<float> z, ReadOnlySpan<float> codebook, double toEncoder, double toCodebook, ReadOnlySpan<float> dLoss, Span<float> dZ, Span<float> dCodebook, int k, int d)
    {
        Spans.Hold([dLoss.Length, d], [z.Length, dZ.Length]);
        Spans.Hold([k, d], [codebook.Length, dCodebook.Length]);
        Spans.Within(k, Math.Min(1, dLoss.Length), int.MaxValue);
        dCodebook.Clear();
        using var scratch = Scratch.OfFloats(2 * dLoss.Length);
        using var pulls = Scratch.OfFloats(toCodebook == 0 ? 0 : z.Length);
        var indices = (long*)scratch.Floats;
        fixed (float* vectors = z, codes = codebook, upstream = dLoss, dVectors = dZ, dCodes = dCodebook)
        {
            var pull = new Pull(vectors, codes, d, upstream, (float)toEncoder, (float)-toCodebook, dVectors, toCodebook == 0 ? null : pulls.Floats, indices);
            NearestCode.Of(Vectors.OfMatrix(vectors, dLoss.Length, d), codes, k, pull);
            if (toCodebook != 0)
            {
                Scatter.Add(pulls.Floats, indices, dLoss.Length, d, dCodes);
            }
        }
    }

    private readonly struct Distance(float* z, float* codebook, nint width, float beta, float* loss, float* codebookTerm, float* commitmentTerm) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                var distance = Squared.Distance<V>(z + (n * width), codebook + (codes[n - from] * width), width);
                loss[n] = distance + (beta * distance);
                codebookTerm[n] = distance;
                commitmentTerm[n] = distance;
            }
        }
    }

    private readonly struct Pull(
        float* z, float* codebook, nint width, float* dLoss, float toEncoder, float toCodebook, float* dZ, float* pulls, long* indices) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var n = from; n < to; n++)
            {
                indices[n] = codes[n - from];
                var (at, code) = (n * width, codes[n - from] * width);
                nint j = 0;
                for (; j <= width - V.Count; j += V.Count)
                {
                    One<V>(n, at + j, code + j);
                }

                for (; j < width; j++)
                {
                    One<Lane>(n, at + j, code + j);
                }
            }
        }

        private void One<V>(nint n, nint at, nint code)
            where V : struct, ILanes<V>
        {
            var pull = V.Of(2 * dLoss[n]) * (V.Load(z + at) - V.Load(codebook + code));
            (V.Of(toEncoder) * pull).Store(dZ + at);
            if (pulls is not null)
            {
                (V.Of(toCodebook) * pull).Store(pulls + at);
            }
        }
    }
}
