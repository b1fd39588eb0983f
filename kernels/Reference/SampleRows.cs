using LatentConformance.Contract;

namespace LatentConformance.Reference;

// v_0 < v_1 < … the rows whose mask is 1: draw m takes row v_⌊u_m n⌋. Rows are copied, so nothing may be off.
public sealed partial class ReferenceKernels : ICodebookRevival
{
    public (Tensor? Rows, Tensor? Indices) SampleRows(Tensor z, Tensor mask, Tensor uniforms)
    {
        long[] valid = [.. ValidRows(z, mask).Select(i => (long)i)];
        RefuseUnlessRows(valid.Length, uniforms);
        var indices = Drawn(uniforms, valid);
        return (Answers.Matrix(indices.Count, z.Shape[1], (m, j) => z[(int)indices.Int64[m], j]), indices);
    }

    private static int[] ValidRows(Tensor z, Tensor mask)
    {
        if (mask.Count != z.Shape[0])
        {
            throw new RefusalException($"a mask of {mask.Count} for {z.Shape[0]} rows");
        }

        return Array.TrueForAll(mask.ToDoubles(), m => m is 0 or 1)
            ? [.. Enumerable.Range(0, mask.Count).Where(i => mask[i] == 1)]
            : throw new RefusalException("a mask holds 0 and 1 only");
    }

    private static void RefuseUnlessRows(int rows, Tensor uniforms)
    {
        if (rows == 0 && uniforms.Count > 0)
        {
            throw new RefusalException("there are no rows to draw from");
        }
    }
}
