namespace LatentConformance.Torch;

// Counts are pooled over the epoch first: neither the utilization nor the perplexity is linear in them.
public static class EpochUsage
{
    [Kernel("epoch_usage")]
    public static (Tensor Counts, Tensor Fraction, Tensor Perplexity) Forward(Tensor indices, long codebookSize)
    {
        if (indices.numel() == 0)
        {
            throw new RefusalException("the perplexity of no assignments is not a number");
        }

        var counts = UsageCounts.Forward(indices.flatten(), codebookSize);
        return (counts, Utilization.Of(counts), Perplexity.Forward(counts));
    }
}
