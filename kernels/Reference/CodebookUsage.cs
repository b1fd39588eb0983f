using LatentConformance.Contract;

namespace LatentConformance.Reference;

// n_k = how many indices are k, for all k < K; utilization = |{k : n_k > 0}| / K; perplexity = exp(H),
// H = −Σ p ln p, p = n / Σ n, 0 ln 0 = 0. Over an epoch the counts are pooled first: neither of the two is linear in them. Of
// several codebooks each is told on its own: merged, they would be more in use than there are codes.
public sealed partial class ReferenceKernels : ICodebookHealth
{
    public Tensor UsageCounts(Tensor indices, long codebookSize)
    {
        Refuse.UnlessSize(codebookSize);
        Refuse.UnlessCodes(indices, codebookSize);
        var counts = new long[codebookSize];
        foreach (var index in indices.Int64)
        {
            counts[index]++;
        }

        return new Tensor([counts.Length], counts) { Tolerance = Tolerance.Exact(counts.Length) };
    }

    public Tensor Utilization(Tensor indices, long codebookSize)
    {
        var counts = UsageCounts(indices, codebookSize).Int64.ToArray();
        var fraction = (Real)counts.Count(n => n > 0) / counts.Length;

        // A compiler makes a product with 1/K of it, which is rounded too.
        return Answers.Scalar(fraction with { Error = fraction.Error + new Coefficients(fraction.Value, 0, 0) });
    }

    public Tensor Perplexity(Tensor counts) => Answers.Scalar(PerplexityOf(counts.Int64.ToArray()));

    public (Tensor? Counts, Tensor? Fraction, Tensor? Perplexity) EpochUsage(Tensor indices, long codebookSize)
    {
        var pooled = UsageCounts(indices, codebookSize);
        return (pooled, Utilization(indices, codebookSize), Perplexity(pooled));
    }

    public Tensor UtilizationGroups(Tensor indices, long codebookSize)
    {
        Refuse.UnlessSize(codebookSize);
        Refuse.UnlessCodes(indices, codebookSize);
        var groups = indices.Shape[1];
        return Answers.Floats([groups], Answers.Each(groups, g =>
            (Real)Enumerable.Range(0, indices.Shape[0]).Select(n => indices[n, g]).Distinct().Count() / codebookSize));
    }

    public (Tensor? Perplexities, Tensor? Mean) PerplexityGroups(Tensor counts)
    {
        var (groups, size) = (counts.Shape[0], counts.Shape[1]);
        if (groups == 0)
        {
            throw new RefusalException("the mean over no groups is not a number");
        }

        Real[] each = Answers.Each(groups, g => PerplexityOf(counts.Int64.Slice(g * size, size).ToArray()));
        return (Answers.Floats([groups], each), Answers.Scalar(Real.Sum(each) / groups));
    }

    private static Real PerplexityOf(long[] counts)
    {
        double total = 0;
        foreach (var n in counts)
        {
            total += n >= 0 ? n : throw new RefusalException($"{n} is no count");
        }

        return total > 0
            ? Real.Exp(Entropy([.. counts.Where(n => n > 0)], total))
            : throw new RefusalException("the perplexity of no assignments is not a number");
    }

    /// <summary>−Σ p ln p; code also writes ln Σn − Σ n ln n / Σn, whose roundings are of the size of ln Σn.</summary>
    private static Real Entropy(long[] counts, double total)
    {
        var entropy = Real.Sum([.. counts.Select(n =>
        {
            var p = n / (Real)total;
            return -(p * Real.Log(p));
        })]);
        return entropy with { Error = entropy.Error + new Coefficients(8 * Math.Log(total), 0, 0) };
    }
}
