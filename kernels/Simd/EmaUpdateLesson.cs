using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// e_k ← γ e_k + (1 − γ) · mean of its vectors; a code without vectors stays, to the last bit.
public static unsafe class EmaUpdateLesson
{
    [Kernel("ema_update_lesson")]
    public static void Forward(
        ReadOnlySpan<float> codebook, ReadOnlySpan<float> z, ReadOnlySpan<long> indices, double decay, Span<float> newCodebook, int k, int d)
    {
        Spans.Hold([k, d], [codebook.Length, newCodebook.Length]);
        Spans.Hold([indices.Length, d], [z.Length]);
        newCodebook.Clear();
        using var weights = Scratch.OfFloats(k);
        new Span<float>(weights.Floats, k).Clear();
        foreach (var index in indices)
        {
            weights.Floats[Spans.Code(index, k)]++;
        }

        // From counts to what a sum weighs in the blend; below zero says that there is no sum.
        for (var code = 0; code < k; code++)
        {
            weights.Floats[code] = weights.Floats[code] == 0 ? -1 : (float)((1 - decay) / weights.Floats[code]);
        }

        fixed (float* vectors = z, old = codebook, sums = newCodebook)
        {
            fixed (long* chosen = indices)
            {
                Scatter.Add(vectors, chosen, indices.Length, d, sums);
            }

            Maps.Each(new Blended(old, weights.Floats, (float)decay, sums), codebook.Length, d, new Outputs(sums));
        }
    }

    private readonly struct Blended(float* codebook, float* weights, float decay, float* sums) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var (old, weight) = (V.Load(codebook + at), weights[row]);
            (weight < 0 ? old : V.MulAdd(V.Of(decay), old, V.Of(weight) * V.Load(sums + at))).Store(to.A + at);
        }
    }
}
