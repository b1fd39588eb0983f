namespace LatentConformance.Torch;

// Σ (x − x̂)² / B, one number for the batch.
public static class SquaredErrorBatchMean
{
    [Kernel("squared_error_batch_mean")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        Refuse.UnlessPositive("the number of values to average", x.size(0));
        return F.mse_loss(xHat, x, nn.Reduction.Sum) / x.size(0);
    }
}
