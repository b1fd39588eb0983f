using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Forward the nearest code, as z + sg(e − z) has it; backward by the declared estimator, and nothing to the codebook.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices) VqQuantize(Tensor z, Tensor codebook)
    {
        RefuseUnlessCodebookFits(z.Shape[1], codebook);
        var (n, d) = (z.Shape[0], z.Shape[1]);
        var indices = Assigned([n], i => Row(z, i), n, codebook);
        return (Answers.Matrix(n, d, (i, j) => Snapped(z[i, j], codebook[(int)indices[i], j])), indices);
    }

    public (Tensor? DZ, Tensor? DCodebook) VqQuantizeVjp(Tensor z, Tensor codebook, Tensor dQuantized)
    {
        RefuseUnlessCodebookFits(z.Shape[1], codebook);
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

    /// <summary>
    /// The rotation trick: q = (‖e‖/‖z‖) R z with R = I − 2 w wᵀ + 2 ê ẑᵀ, w the unit vector along ẑ + ê, all of it
    /// constant; so the gradient is (‖e‖/‖z‖) Rᵀ g = (‖e‖/‖z‖) (g − 2 (w·g) w + 2 (ê·g) ẑ).
    /// </summary>
    private static Real[] RotatedBack(double[] z, double[] code, double[] upstream)
    {
        var d = z.Length;
        Real Norm(Func<int, Real> v) => Real.Sqrt(Answers.Sum(d, j => v(j) * v(j)));
        Real Dot(Func<int, Real> v) => Answers.Sum(d, j => v(j) * upstream[j]);
        var (zNorm, codeNorm) = (Norm(j => z[j]), Norm(j => code[j]));
        var from = Answers.Each(d, j => z[j] / zNorm);
        var to = Answers.Each(d, j => code[j] / codeNorm);
        var sumNorm = Norm(j => from[j] + to[j]);
        var middle = Answers.Each(d, j => (from[j] + to[j]) / sumNorm);
        var (alongMiddle, alongCode) = (Dot(j => middle[j]), Dot(j => to[j]));
        return Answers.Each(d, j =>
            codeNorm / zNorm * Real.Terms(upstream[j], -2 * (alongMiddle * middle[j]), 2 * (alongCode * from[j])));
    }
}
