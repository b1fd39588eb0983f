using LatentConformance.Contract;

namespace LatentConformance.Reference;

// The i-th code with N < threshold, ascending, takes the i-th candidate c: e = c, N = reset, m = reset · c. All three at
// once: with m or N left behind, the next update e = m / N undoes the revival.
public sealed partial class ReferenceKernels
{
    public (Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) Revive(
        Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double threshold, double resetCount)
    {
        Refuse.UnlessState(codebook, counts, sums, candidates.Shape[1]);
        Refuse.UnlessFiniteAndNotNegative("threshold", threshold);
        Refuse.UnlessPositive("reset_count", resetCount);
        var state = CodebookState.Of(codebook, counts, sums).Revived(candidates, threshold, resetCount);
        return (state.CodebookAnswer, state.CountsAnswer, state.SumsAnswer);
    }
}
