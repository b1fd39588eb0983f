namespace LatentConformance.Torch;

/// <summary>
/// What EMA learning carries: running counts N, running sums m, and the codes e = m / Ñ, Ñ = (N + ε) / (ΣN + K ε) · ΣN.
/// </summary>
internal static class RunningAverages
{
    public static (Tensor NewCounts, Tensor NewSums, Tensor NewCodebook) Updated(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon, Tensor? mask = null)
    {
        CodebookShapes.RefuseUnlessState(sums, counts, sums, z.shape[^1]);
        Refuse.UnlessDecay(decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        var (newCounts, newSums) = Blended(counts, sums, CodeStatistics.Of(z, indices, counts.shape[0], mask), decay);
        return (newCounts, newSums, Codes(newCounts, newSums, epsilon));
    }

    public static (Tensor Counts, Tensor Sums) Blended(Tensor counts, Tensor sums, (Tensor Counts, Tensor Sums) batch, double decay) => (
        (decay * counts).add_(batch.Counts.to(counts.dtype), 1 - decay),
        (decay * sums).add_(batch.Sums.to(sums.dtype), 1 - decay));

    public static Tensor Codes(Tensor counts, Tensor sums, double epsilon)
    {
        var total = counts.sum();
        var smoothed = (counts + epsilon) / (total + (counts.shape[0] * epsilon)) * total;
        return sums / smoothed.unsqueeze(-1);
    }
}
