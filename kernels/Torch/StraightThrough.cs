namespace LatentConformance.Torch;

// z + sg(quantized − z): value quantized, ∂/∂z the identity, ∂/∂quantized nothing.
public static class StraightThrough
{
    [Kernel("straight_through")]
    [Detached("quantized")]
    public static Tensor Forward(Tensor z, Tensor quantized)
    {
        Shapes.RefuseUnlessSame(z, quantized);
        return Through.Of(z, quantized);
    }
}
