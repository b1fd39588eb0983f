namespace LatentConformance.Torch;

// u = z/‖z‖, code_i = ±1/√D by the sign of u_i, index as in lfq_quantize; u + sg(code − u): the gradient goes on through the
// normalization.
public static class BsqQuantize
{
    [Kernel("bsq_quantize")]
    public static (Tensor Codes, Tensor Indices) Forward(Tensor z)
    {
        Bits.RefuseUnlessFit("dimensions", z.shape[1]);
        var bits = Bits.Of(z);
        return (Through.Of(Directions.Of(z, 0), Bits.Signs(bits, 1 / Math.Sqrt(z.shape[1]))), Bits.Index(bits));
    }
}
