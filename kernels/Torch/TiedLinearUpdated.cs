namespace LatentConformance.Torch;

// (x vᵀ) v with v = w + update: after a step the decoder is still the encoder's transpose.
public static class TiedLinearUpdated
{
    [Kernel("tied_linear_updated")]
    public static Tensor Forward(Tensor x, Tensor w, Tensor update)
    {
        Shapes.RefuseUnlessSame(w, update);
        return TiedLinear.Forward(x, w + update);
    }
}
