using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// N ← γ N + (1 − γ) n, m ← γ m + (1 − γ) Σ z, e = m / Ñ with Ñ = (N + ε) / (ΣN + K ε) · ΣN. The batch's sums are made in the
// place of the new m, in one pass over the indices: a loop over the codes, or a one-hot matrix, would cost N · K.
public static unsafe class EmaUpdate
{
    [Kernel("ema_update")]
    public static void Forward(
        ReadOnlySpan<float> counts, ReadOnlySpan<float> sums, ReadOnlySpan<float> z, ReadOnlySpan<long> indices, double decay, double epsilon,
        Span<float> newCounts, Span<float> newSums, Span<float> newCodebook)
    {
        var width = Rows.Width(sums.Length, counts.Length);
        Spans.Hold([counts.Length], [newCounts.Length]);
        Spans.Hold([counts.Length, width], [sums.Length, newSums.Length, newCodebook.Length]);
        Spans.Hold([indices.Length, width], [z.Length]);
        newSums.Clear();
        newCounts.Clear();
        foreach (var index in indices)
        {
            // Counted before any sum is made: that is written without looking.
            if (index >= 0)
            {
                newCounts[Spans.Code(index, newCounts.Length)]++;
            }
        }

        using var masses = Scratch.OfFloats(counts.Length);
        fixed (float* vectors = z, batch = newSums, old = sums, codebook = newCodebook)
        {
            fixed (long* chosen = indices)
            {
                Scatter.Add(vectors, chosen, indices.Length, width, batch);
            }

            double total = 0;
            for (var k = 0; k < newCounts.Length; k++)
            {
                newCounts[k] = Blend(counts[k], newCounts[k], decay);
                total += newCounts[k];
            }

            for (var k = 0; k < newCounts.Length; k++)
            {
                masses.Floats[k] = (float)((newCounts[k] + epsilon) / (total + (newCounts.Length * epsilon)) * total);
            }

            Maps.Each(new Blended(old, masses.Floats, (float)decay, (float)(1 - decay), batch), sums.Length, width, new Outputs(batch, codebook));
        }
    }

    private static float Blend(float old, float batch, double decay) => (float)((decay * old) + ((1 - decay) * batch));

    private readonly struct Blended(float* sums, float* masses, float decay, float rest, float* batch) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var sum = V.MulAdd(V.Of(decay), V.Load(sums + at), V.Of(rest) * V.Load(batch + at));
            sum.Store(to.A + at);
            (sum / V.Of(masses[row])).Store(to.B + at);
        }
    }
}
