namespace LatentConformance.Torch;

// ‖x − x̂‖².
public static class SquaredErrorSum
{
    [Kernel("squared_error_sum")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        return F.mse_loss(xHat, x, nn.Reduction.None).sum(-1);
    }
}
