namespace LatentConformance.Torch;

// rvq_quantize of which a sample keeps its first stages: later ones change nothing in earlier ones, so all are searched, and what is
// dropped is filled with zeros and the index −1.
public static class RvqQuantizeDropout
{
    [Kernel("rvq_quantize_dropout")]
    [Detached("codebooks")]
    public static (Tensor Quantized, Tensor Indices) Forward(Tensor z, Tensor codebooks, Tensor kept)
    {
        CodebookShapes.RefuseUnlessCodebooks(codebooks);
        if (kept.shape[0] != z.shape[0])
        {
            throw new RefusalException($"{kept.shape[0]} numbers of stages for {z.shape[0]} vectors");
        }

        var stages = Residuals.Of(z.detach(), codebooks.unbind());
        for (var q = 0; q < stages.Length; q++)
        {
            var isDropped = kept <= q;
            stages[q].Code = stages[q].Code.masked_fill(isDropped.unsqueeze(-1), 0);
            stages[q].Indices = stages[q].Indices.masked_fill(isDropped, -1);
        }

        var (sum, indices) = Residuals.Joined(stages);
        return (Through.Of(z, sum), indices);
    }
}
