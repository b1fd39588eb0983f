using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : ICodebookHealth
{
    public Tensor UsageCounts(Tensor indices, long codebookSize) => Whole([(int)codebookSize], Counted(indices, codebookSize));

    public Tensor Utilization(Tensor indices, long codebookSize) =>
        Out([], [Divided(C(Counted(indices, codebookSize).Count(n => n > 0)), (int)codebookSize)]);

    public Tensor Perplexity(Tensor counts) => Out([], [PerplexityOf(counts.Int64.ToArray())]);

    public (Tensor? Counts, Tensor? Fraction, Tensor? Perplexity) EpochUsage(Tensor indices, long codebookSize) => (
        UsageCounts(indices, codebookSize),
        Utilization(indices, codebookSize),
        Out([], [PerplexityOf(Counted(indices, codebookSize))]));

    private static long[] Counted(Tensor indices, long codebookSize)
    {
        var counts = new long[codebookSize];
        foreach (var index in indices.Int64)
        {
            counts[index]++;
        }

        return counts;
    }

    /// <summary>
    /// With 0 log 0 = 0, or as log N − Σ n log n / N, or with 1e-10 in the logarithm as tutorials have it: float64 alone can see that.
    /// </summary>
    private T PerplexityOf(long[] counts)
    {
        var total = C(counts.Sum());
        T P(int k) => C(counts[k]) / total;
        T PLogP(int k) => counts[k] == 0 ? T.Zero : P(k) * T.Log(P(k));
        return style.OtherIdentities
            ? T.Exp(-Sum(counts.Length, PLogP))
            : style.Reciprocals
                ? T.Exp(T.Log(total) - (Sum(counts.Length, k => counts[k] == 0 ? T.Zero : C(counts[k]) * T.Log(C(counts[k]))) / total))
                : T.Exp(-Sum(counts.Length, k => counts[k] == 0 ? T.Zero : P(k) * T.Log(P(k) + (style.DType == DType.Float64 ? T.Zero : C(1e-10)))));
    }
}
