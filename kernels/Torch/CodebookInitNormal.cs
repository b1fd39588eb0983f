namespace LatentConformance.Torch;

// n / √D: codes of length one on average.
public static class CodebookInitNormal
{
    [Kernel("codebook_init_normal")]
    public static Tensor Forward(Tensor normals)
    {
        CodebookShapes.RefuseUnlessCodebookFits(normals.shape[1], normals);
        return normals / Math.Sqrt(normals.shape[1]);
    }
}
