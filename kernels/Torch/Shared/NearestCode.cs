namespace LatentConformance.Torch;

/// <summary>The code nearest to each vector. The gradient of a code goes to its row of the codebook, summed wide, and none to the vector.</summary>
internal static class NearestCode
{
    public static (Tensor Codes, Tensor Indices) Of(Tensor z, Tensor codebook)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[^1], codebook);
        var indices = VqAssign.Forward(z, codebook);
        return (Widened.Of(codebook).index_select(0, indices).to(codebook.dtype), indices);
    }
}
