namespace LatentConformance.Torch;

// Σ_i e_i[k_i]; −1 is a dropped stage and adds nothing: it is looked up as code 0, so that nothing is out of range, and filled with
// zeros after.
public static class RvqDecode
{
    [Kernel("rvq_decode")]
    public static Tensor Forward(Tensor indices, Tensor codebooks)
    {
        CodebookShapes.RefuseUnlessCodebooks(codebooks);
        if (indices.shape[1] != codebooks.shape[0])
        {
            throw new RefusalException($"{indices.shape[1]} indices a sample for {codebooks.shape[0]} codebooks");
        }

        return codebooks.unbind()
            .Select((codebook, stage) => Codes(indices.select(1, stage), codebook))
            .Aggregate((sum, code) => sum + code);
    }

    private static Tensor Codes(Tensor indices, Tensor codebook) =>
        codebook.index_select(0, indices.clamp_min(0)).masked_fill((indices < 0).unsqueeze(-1), 0);
}
