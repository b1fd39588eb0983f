namespace LatentConformance.Torch;

// ‖x − x̂‖² / D.
public static class SquaredErrorMean
{
    [Kernel("squared_error_mean")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        return F.mse_loss(xHat, x, nn.Reduction.None).mean([-1]);
    }
}
