namespace LatentConformance.Torch;

// The i-th code with N < threshold, ascending, takes the i-th candidate c: e = c, N = reset, m = reset · c. All three at once: with
// m or N left behind, the next update e = m / N undoes the revival.
public static class Revive
{
    [Kernel("revive")]
    public static (Tensor NewCodebook, Tensor NewCounts, Tensor NewSums) Forward(
        Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double threshold, double resetCount)
    {
        CodebookShapes.RefuseUnlessState(codebook, counts, sums, candidates.shape[1]);
        Refuse.UnlessFiniteAndNotNegative("threshold", threshold);
        Refuse.UnlessPositive("reset_count", resetCount);
        return Revived(codebook, counts, sums, candidates, threshold, resetCount);
    }

    /// <summary>A running sum over the dead says whose turn it is; one lookup in candidates and codes together does the rest.</summary>
    internal static (Tensor NewCodebook, Tensor NewCounts, Tensor NewSums) Revived(
        Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double threshold, double resetCount)
    {
        var (codes, fresh) = (codebook.shape[0], candidates.shape[0]);
        var isDead = counts < threshold;
        var turns = isDead.cumsum(0) - 1;
        var isRevived = isDead & (turns < fresh);
        var places = where(isRevived, turns, arange(fresh, fresh + codes, dtype: int64, device: counts.device));
        var newCodebook = cat([candidates, codebook]).index_select(0, places);
        return (newCodebook, counts.masked_fill(isRevived, resetCount), where(isRevived.unsqueeze(-1), resetCount * newCodebook, sums));
    }
}
