namespace LatentConformance.Torch;

// bit_i = [z_i > 0], code_i = ±scale, index = Σ bit_i 2^i; z + sg(code − z). Zero counts as negative; the sign function says 0.
public static class LfqQuantize
{
    [Kernel("lfq_quantize")]
    public static (Tensor Codes, Tensor Indices) Forward(Tensor z, double scale)
    {
        Refuse.UnlessPositive("scale", scale);
        Bits.RefuseUnlessFit("dimensions", z.shape[1]);
        var bits = Bits.Of(z);
        return (Through.Of(z, Bits.Signs(bits, scale)), Bits.Index(bits));
    }
}
