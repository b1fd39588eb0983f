namespace LatentConformance.Torch;

// How many dimensions have (1/N) Σ (mu − mean)² > threshold, in two passes: E[x²] − E[x]² has lost it where the mean is large.
public static class ActiveUnits
{
    [Kernel("active_units")]
    public static Tensor Forward(Tensor mu, double threshold)
    {
        Refuse.UnlessFiniteAndNotNegative("threshold", threshold);
        Refuse.UnlessPositive("the number of samples", mu.size(0));
        var variance = (mu - mu.mean([0])).square().mean([0]);
        return (variance > threshold).sum();
    }
}
