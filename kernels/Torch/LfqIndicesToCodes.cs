namespace LatentConformance.Torch;

// code_i = scale · (2 bit_i − 1), the lowest bit first; ∂/∂scale = Σ ±.
public static class LfqIndicesToCodes
{
    [Kernel("lfq_indices_to_codes")]
    public static Tensor Forward(Tensor indices, long dimensions, Tensor scale)
    {
        Bits.RefuseUnlessFit("dimensions", dimensions);
        var bits = indices.unsqueeze(-1).bitwise_right_shift(Bits.Places(dimensions, indices.device)).remainder(2);
        return ((2 * bits) - 1).to(scale.dtype) * scale;
    }
}
