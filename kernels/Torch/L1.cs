namespace LatentConformance.Torch;

// Σ |x − x̂|; the slope is 0 where they are equal. Not F.l1_loss, which in TorchSharp 0.99 is a squared error.
public static class L1
{
    [Kernel("l1")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        return (xHat - x).abs_().sum(-1);
    }
}
