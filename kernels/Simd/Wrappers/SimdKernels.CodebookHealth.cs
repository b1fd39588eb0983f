using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : ICodebookHealth
{
    Tensor ICodebookHealth.UsageCounts(Tensor indices, long codebookSize)
    {
        var counts = Counted(indices, codebookSize);
        return Vector(counts);
    }

    Tensor ICodebookHealth.Utilization(Tensor indices, long codebookSize) => Scalar(CodebookUsage.Utilization(Counted(indices, codebookSize)));

    Tensor ICodebookHealth.Perplexity(Tensor counts) => Scalar((float)PerplexityOf(counts.Int64));

    (Tensor? Counts, Tensor? Fraction, Tensor? Perplexity) ICodebookHealth.EpochUsage(Tensor indices, long codebookSize)
    {
        var counts = Counted(indices, codebookSize);
        return (Vector(counts), Scalar(CodebookUsage.Utilization(counts)), Scalar((float)PerplexityOf(counts)));
    }

    private static long[] Counted(Tensor indices, long codebookSize)
    {
        Refuse.UnlessSize(codebookSize);
        Refuse.UnlessCodes(indices, codebookSize);
        var counts = new long[codebookSize];
        CodebookUsage.Counts(indices.Int64, counts);
        return counts;
    }

    private static double PerplexityOf(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (var n in counts)
        {
            total += n >= 0 ? n : throw new RefusalException($"{n} is no count");
        }

        return total > 0 ? CodebookUsage.Perplexity(counts) : throw new RefusalException("the perplexity of no assignments is not a number");
    }

    private static Tensor Scalar(float value) => new([], [value]);
}
