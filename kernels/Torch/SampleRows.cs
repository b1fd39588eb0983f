namespace LatentConformance.Torch;

// v_0 < v_1 < … the n rows whose mask is 1: draw m takes row v_⌊u_m n⌋, the first at which the running count of such rows passes
// ⌊u_m n⌋. No list of the rows is made, whose length only the device knows.
public static class SampleRows
{
    [Kernel("sample_rows")]
    public static (Tensor Rows, Tensor Indices) Forward(Tensor z, Tensor mask, Tensor uniforms)
    {
        CodebookShapes.RefuseUnlessMask(z, mask);
        if (z.shape[0] == 0 && uniforms.shape[0] > 0)
        {
            throw new RefusalException("there are no rows to draw from");
        }

        var isValid = mask.gt(0);

        // Where all is padding the search ends behind the last row, and an index there would end a GPU's context.
        var found = searchsorted(isValid.cumsum(0), Draws.Of(uniforms, isValid.sum()), right: true);
        var indices = found.clamp(max: z.shape[0] - 1);
        return (z.detach().index_select(0, indices), indices);
    }
}
