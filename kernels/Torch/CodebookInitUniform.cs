namespace LatentConformance.Torch;

// (2u − 1) / K: uniform in ±1/K.
public static class CodebookInitUniform
{
    [Kernel("codebook_init_uniform")]
    public static Tensor Forward(Tensor uniforms)
    {
        CodebookShapes.RefuseUnlessCodebookFits(uniforms.shape[1], uniforms);
        return ((2 * uniforms) - 1) / uniforms.shape[0];
    }
}
