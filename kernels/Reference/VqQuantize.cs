using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Forward the nearest code, as z + sg(e − z) has it; backward by the declared estimator, and nothing to the codebook.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices) VqQuantize(Tensor z, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var (n, d) = (z.Shape[0], z.Shape[1]);
        var indices = Assigned([n], i => Row(z, i), n, codebook);
        return (Answers.Matrix(n, d, (i, j) => Snapped(z[i, j], codebook[(int)indices[i], j])), indices);
    }

    public (Tensor? DZ, Tensor? DCodebook) VqQuantizeVjp(Tensor z, Tensor codebook, Tensor dQuantized)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var (n, d) = (z.Shape[0], z.Shape[1]);
        var indices = Assigned([n], i => Row(z, i), n, codebook);
        var rows = Enumerable.Range(0, n)
            .Select(i => PastTheQuantizer(Row(z, i), Row(codebook, (int)indices[i]), Row(dQuantized, i)))
            .ToArray();
        return (Answers.Matrix(n, d, (i, j) => rows[i][j]), Answers.Zeros(codebook));
    }

    /// <summary>z + (e − z) is e but for two roundings; the rotation's forward value errs by a few more of the code's size.</summary>
    private Real Snapped(double z, double code)
    {
        var roundings = Math.Abs(code - z) + Math.Abs(code);
        return new Real(code, new Coefficients(conventions.Estimator == "rotation" ? 16 * (roundings + 1) : roundings, 0, 0), Math.Abs(z) + Math.Abs(code));
    }

    private Real[] PastTheQuantizer(double[] z, double[] code, double[] upstream) =>
        conventions.Estimator == "rotation" ? RotatedBack(z, code, upstream) : [.. upstream.Select(g => (Real)g)];
}
