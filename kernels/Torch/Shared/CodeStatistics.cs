namespace LatentConformance.Torch;

/// <summary>
/// How many vectors each code was assigned, and their sum: one scatter over the vectors, where a one-hot matrix would take N times K.
/// Counts are whole numbers, which float32 is not sure of beyond 2^24. No gradient.
/// </summary>
internal static class CodeStatistics
{
    /// <param name="mask">Rows where it is 0 count for nothing.</param>
    public static (Tensor Counts, Tensor Sums) Of(Tensor z, Tensor indices, long codes, Tensor? mask = null)
    {
        CodebookShapes.RefuseUnlessOneIndexEach(z, indices);
        var (vectors, weights) = (Widened.Of(z.detach()), ones_like(indices));
        if (mask is not null)
        {
            // Filled, not multiplied: padding may be NaN.
            var isPadding = mask.eq(0);
            vectors = vectors.masked_fill(isPadding.unsqueeze(-1), 0);
            weights = weights.masked_fill(isPadding, 0);
        }

        var sums = zeros(codes, z.shape[^1], dtype: vectors.dtype, device: z.device);
        return (Counts(indices, codes, weights), sums.index_add_(0, indices, vectors, 1));
    }

    public static Tensor Counts(Tensor indices, long codes, Tensor weights) =>
        zeros(codes, dtype: int64, device: indices.device).index_add_(0, indices, weights, 1);

    /// <summary>The mean of each code's vectors, zero where it has none, and a column that says which have some.</summary>
    public static (Tensor Means, Tensor IsUsed) Means(Tensor z, Tensor indices, long codes)
    {
        var (counts, sums) = Of(z, indices, codes);
        var column = counts.unsqueeze(-1);
        return ((sums / column.clamp_min(1)).to(z.dtype), column > 0);
    }
}
