namespace LatentConformance.Torch;

// Σ (x − x̂)² / D in whole numbers, then one division. No input says a dtype: the answer is float64.
public static class MseBytes
{
    [Kernel("mse_bytes")]
    public static Tensor Forward(Tensor x, Tensor xHat)
    {
        Shapes.RefuseUnlessSame(x, xHat);
        Refuse.UnlessPositive("the number of dimensions", x.size(1));
        return (x - xHat).square().sum(-1).to(float64) / x.size(1);
    }
}
