namespace LatentConformance.Torch;

// Σ (x − x̂)² / Σ (x − mean)², each sum over all samples and dimensions, mean a dimension's own.
public static class Fvu
{
    [Kernel("fvu")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        Refuse.UnlessPositive("the number of samples", x.size(0));
        return (x - xHat).square().sum() / (x - x.mean([0])).square().sum();
    }
}
