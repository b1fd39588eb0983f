namespace LatentConformance.Torch;

// The perplexity of each of G codebooks, from a row of counts each, and the plain mean of these.
public static class PerplexityGroups
{
    [Kernel("perplexity_groups")]
    public static (Tensor Perplexities, Tensor Mean) Forward(Tensor counts)
    {
        if (counts.shape[0] == 0)
        {
            throw new RefusalException("the mean over no groups is not a number");
        }

        var perplexities = Perplexity.Forward(counts);
        return (perplexities, perplexities.mean());
    }
}
