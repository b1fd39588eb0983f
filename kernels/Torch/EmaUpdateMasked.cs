namespace LatentConformance.Torch;

// ema_update in which rows whose mask is 0 count for nothing, neither in n nor in Σ z.
public static class EmaUpdateMasked
{
    [Kernel("ema_update_masked")]
    public static (Tensor NewCounts, Tensor NewSums, Tensor NewCodebook) Forward(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, Tensor mask, double decay, double epsilon)
    {
        Shapes.RefuseUnlessSame(indices, mask);
        return RunningAverages.Updated(counts, sums, z, indices, decay, epsilon, mask);
    }
}
