using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// n_k = how many indices are k, for all k < K; utilization = |{k : n_k > 0}| / K; perplexity = exp(−Σ p ln p) =
// exp(ln Σn − Σ n ln n / Σn), which needs no p: one pass over the counts. In double, since K terms of one size cancel against ln Σn.
public static class CodebookUsage
{
    [Kernel("usage_counts")]
    public static void Counts(ReadOnlySpan<long> indices, Span<long> counts)
    {
        counts.Clear();
        foreach (var index in indices)
        {
            counts[Spans.Code(index, counts.Length)]++;
        }
    }

    [Kernel("perplexity")]
    public static void Perplexity(ReadOnlySpan<long> counts, Span<float> perplexity)
    {
        Spans.Hold([1], [perplexity.Length]);
        perplexity[0] = (float)Perplexity(counts);
    }

    internal static double Perplexity(ReadOnlySpan<long> counts)
    {
        double total = 0, weighted = 0;
        foreach (var n in counts)
        {
            if (n > 0)
            {
                total += n;
                weighted += n * Math.Log(n);
            }
        }

        return Math.Exp(Math.Log(total) - (weighted / total));
    }

    internal static float Utilization(ReadOnlySpan<long> counts)
    {
        long used = 0;
        foreach (var n in counts)
        {
            used += n > 0 ? 1 : 0;
        }

        return (float)((double)used / counts.Length);
    }
}
