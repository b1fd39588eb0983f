namespace LatentConformance.Torch;

// Σ (x − x̂)² / (B D), one number for the batch.
public static class SquaredErrorOverallMean
{
    [Kernel("squared_error_overall_mean")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        Refuse.UnlessPositive("the number of values to average", x.numel());
        return F.mse_loss(xHat, x);
    }
}
