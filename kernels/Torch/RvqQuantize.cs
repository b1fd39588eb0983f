namespace LatentConformance.Torch;

// r_1 = z, q_i the code of codebook i nearest to r_i, r_{i+1} = r_i − q_i; z + sg(Σ q_i − z). One straight-through round the sum:
// round each stage, z would get its gradient once a stage.
public static class RvqQuantize
{
    [Kernel("rvq_quantize")]
    [Detached("codebooks")]
    public static (Tensor Quantized, Tensor Indices) Forward(Tensor z, Tensor codebooks)
    {
        CodebookShapes.RefuseUnlessCodebooks(codebooks);
        var (sum, indices) = Residuals.Joined(Residuals.Of(z.detach(), codebooks.unbind()));
        return (Through.Of(z, sum), indices);
    }
}
