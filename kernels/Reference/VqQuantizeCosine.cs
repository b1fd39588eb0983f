using LatentConformance.Contract;

namespace LatentConformance.Reference;

// x̂ = x / max(‖x‖, ε). k = argmax_k ẑ·ê_k, value ê_k as ẑ + sg(ê − ẑ) has it. ∂z = (g − (g·ẑ) ẑ) / ‖z‖, whichever code was chosen; the
// codebook gets nothing. Without ε a vector of zeros is NaN, and an ε that the dtype rounds to 0 is none.
public sealed partial class ReferenceKernels : ICosineQuantizer
{
    public Tensor VqAssignCosine(Tensor z, Tensor codebook, double epsilon)
    {
        RefuseUnlessOnASphere(z, codebook, epsilon);
        var codes = Directions(codebook, epsilon);
        if (choice is not null)
        {
            return new Tensor([z.Shape[0]], choice.Int64.ToArray()) { Tolerance = Tolerance.Exact(z.Shape[0]) with { IsChoice = true } };
        }

        var alternatives = new List<Alternative>();
        var indices = new long[z.Shape[0]];
        double peak = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = MostAlike(UnitVector.Of(Row(z, i), epsilon).Direction, codes, codebook, i, alternatives, ref peak);
        }

        return new Tensor([indices.Length], indices)
        {
            Tolerance = Tolerance.Exact(indices.Length) with { Alternatives = alternatives, Peak = peak, IsChoice = true },
        };
    }

    public (Tensor? Quantized, Tensor? Indices) VqQuantizeCosine(Tensor z, Tensor codebook, double epsilon)
    {
        var indices = VqAssignCosine(z, codebook, epsilon);
        var (vectors, codes) = (Directions(z, epsilon), Directions(codebook, epsilon));
        var quantized = Answers.Matrix(z.Shape[0], z.Shape[1], (i, j) =>
        {
            var (from, to) = (vectors[i][j], codes[indices.Int64[i]][j]);
            var roundings = Math.Abs(to.Value - from.Value) + Math.Abs(to.Value);
            return new Real(to.Value, to.Error + new Coefficients(roundings, 0, 0), Math.Max(from.Peak, to.Peak));
        });
        return (quantized, indices);
    }

    public (Tensor? DZ, Tensor? DCodebook) VqQuantizeCosineVjp(Tensor z, Tensor codebook, double epsilon, Tensor dQuantized)
    {
        RefuseUnlessOnASphere(z, codebook, epsilon);
        return (
            RowByRow(z, i => UnitVector.Of(Row(z, i), epsilon).Backward([.. Row(dQuantized, i).Select(g => (Real)g)])),
            Answers.Zeros(codebook));
    }

    private static Real[][] Directions(Tensor matrix, double epsilon) =>
        [.. Enumerable.Range(0, matrix.Shape[0]).Select(i => UnitVector.Of(Row(matrix, i), epsilon).Direction)];

    private static int MostAlike(Real[] z, Real[][] codes, Tensor codebook, int element, List<Alternative> alternatives, ref double peak)
    {
        var cosines = Answers.Each(codes.Length, k => UnitVector.Dot(z, codes[k]));
        var best = 0;
        for (var k = 1; k < codes.Length; k++)
        {
            best = cosines[k].Value > cosines[best].Value ? k : best;
        }

        for (var k = 0; k < codes.Length; k++)
        {
            var apart = Halved(z, codes[k]) + Halved(z, codes[best]);
            peak = Math.Max(peak, cosines[k].Peak);
            var candidate = new Alternative(element, k, cosines[best].Value - cosines[k].Value, apart);
            if (k != best && !IsDuplicate(codebook, k, best) && Tolerance.IsLegal(candidate, Precision.Of(DType.BFloat16), strict: false))
            {
                alternatives.Add(candidate);
            }
        }

        return best;
    }

    /// <summary>Of unit vectors ‖ẑ − ê‖²/2 = 1 − ẑ·ê, and code that has a distance at hand uses it: what the expanded one may be off.</summary>
    private static Coefficients Halved(Real[] z, Real[] code) =>
        0.5 * Real.Terms(UnitVector.Dot(z, z), -2 * UnitVector.Dot(z, code), UnitVector.Dot(code, code)).Error;

    private static void RefuseUnlessOnASphere(Tensor z, Tensor codebook, double epsilon)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        Refuse.UnlessPositive("epsilon", epsilon);
    }
}
