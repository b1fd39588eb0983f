using LatentConformance.Contract;

namespace LatentConformance.Reference;

// k = argmin_k ‖z − e_k‖², lowest index on ties. Exact duplicates of the winner are never legal at a higher index; any
// other code is legal where the error of the two distances reaches across their difference. A distance of NaN is the smallest, as
// the argmin of numpy, torch and jax has it: a broken code shows. Code that compares with < alone passes it over in silence, so
// that is strict.
public sealed partial class ReferenceKernels
{
    public Tensor VqAssign(Tensor z, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        return Assigned([z.Shape[0]], i => Row(z, i), z.Shape[0], codebook);
    }

    /// <summary>The indices of all rows, or the choice that this reference was told to answer for.</summary>
    private Tensor Assigned(int[] shape, Func<int, double[]> row, int rows, Tensor codebook)
    {
        if (choice is not null)
        {
            return new Tensor(shape, choice.Int64.ToArray()) { Tolerance = Tolerance.Exact(rows) with { IsChoice = true } };
        }

        var alternatives = new List<Alternative>();
        var indices = new long[rows];
        double peak = 0;
        for (var i = 0; i < rows; i++)
        {
            indices[i] = Nearest(row(i), codebook, i, alternatives, ref peak);
        }

        return new Tensor(shape, indices)
        {
            Tolerance = Tolerance.Exact(rows) with { Alternatives = alternatives, Peak = peak, IsChoice = true },
        };
    }

    private static int Nearest(double[] z, Tensor codebook, int element, List<Alternative> alternatives, ref double peak)
    {
        var codes = codebook.Shape[0];
        var direct = Answers.Each(codes, k => DirectDistance(z, codebook, k));
        var best = 0;
        for (var k = 1; k < codes; k++)
        {
            best = IsNearer(direct[k].Value, direct[best].Value) ? k : best;
        }

        if (double.IsNaN(direct[best].Value))
        {
            alternatives.AddRange(Enumerable.Range(0, codes).Where(k => k != best).Select(k => new Alternative(element, k, 1, Unbounded, Careful: default(Coefficients))));
            return best;
        }

        var expanded = ExpandedDistance(z, codebook, best);
        peak = Math.Max(peak, expanded.Peak);
        for (var k = 0; k < codes; k++)
        {
            if (k != best && !IsDuplicate(codebook, k, best))
            {
                var other = ExpandedDistance(z, codebook, k);
                peak = Math.Max(peak, other.Peak);
                var candidate = new Alternative(
                    element, k, direct[k].Value - direct[best].Value, expanded.Error + other.Error, direct[best].Error + direct[k].Error);

                // Worth keeping only where the coarsest dtype could choose it.
                if (Tolerance.IsLegal(candidate, Precision.Of(DType.BFloat16), strict: false))
                {
                    alternatives.Add(candidate);
                }
            }
        }

        return best;
    }

    /// <summary>What reaches across a gap of one in any dtype.</summary>
    private static readonly Coefficients Unbounded = new(Math.ScaleB(1, 53), 0, 0);

    /// <summary>NaN comes before every number, and the first NaN before the next.</summary>
    private static bool IsNearer(double distance, double best) => distance < best || (double.IsNaN(distance) && !double.IsNaN(best));

    /// <summary>Σ (z − e)²: errs in proportion to the distance itself, however far from the origin.</summary>
    private static Real DirectDistance(double[] z, Tensor codebook, int code) => Answers.Sum(z.Length, j =>
    {
        var difference = z[j] - (Real)codebook[code, j];
        return difference * difference;
    });

    /// <summary>‖z‖² − 2 z·e + ‖e‖²: what a matrix product computes; errs in proportion to the norms.</summary>
    private static Real ExpandedDistance(double[] z, Tensor codebook, int code) => Real.Terms(
        Answers.Sum(z.Length, j => (Real)z[j] * z[j]),
        -2 * Answers.Sum(z.Length, j => (Real)z[j] * codebook[code, j]),
        Answers.Sum(z.Length, j => (Real)codebook[code, j] * codebook[code, j]));

    private static bool IsDuplicate(Tensor codebook, int a, int b)
    {
        for (var j = 0; j < codebook.Shape[1]; j++)
        {
            if (codebook[a, j] != codebook[b, j])
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Row(Tensor matrix, int row) =>
        [.. Enumerable.Range(0, matrix.Shape[1]).Select(j => matrix[row, j])];
}
