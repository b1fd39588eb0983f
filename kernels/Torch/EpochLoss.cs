namespace LatentConformance.Torch;

// Σ_m L_m / Σ_m n_m: each sample weighs alike, in a short last batch too.
public static class EpochLoss
{
    [Kernel("epoch_loss")]
    public static Tensor Forward(Tensor batchLosses, Tensor sizes)
    {
        Shapes.RefuseUnlessSame(batchLosses, sizes);
        Refuse.UnlessPositive("the number of batches", sizes.numel());
        return batchLosses.sum() / sizes.sum();
    }
}
