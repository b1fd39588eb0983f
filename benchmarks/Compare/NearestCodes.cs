using System.Numerics;
using LatentConformance.Contract;
using LatentConformance.Reference;

namespace LatentConformance.Compare;

/// <summary>
/// How a choice of codes stands to the float64 argmin: the same, another that the reference's derived bound allows in float32, or wrong.
/// </summary>
/// <param name="Careful">Of the others, those within the bound of the differences squared and summed: what far-off data need.</param>
/// <param name="Ordinary">Within the bound of the expanded form only.</param>
internal sealed record NearestCodes(int Rows, int Other, int Careful, int Ordinary)
{
    public int Wrong => Other - Careful - Ordinary;

    public override string ToString() => Other == 0
        ? $"all {Rows} indices are the float64 argmin"
        : $"{Rows - Other} of {Rows} indices are the float64 argmin; of the other {Other} {Careful} are within the careful bound, {Ordinary} within that of the expanded form only, {Wrong} beyond";

    public static NearestCodes Count(float[] z, float[] codebook, int width, long[] indices)
    {
        var nearest = Exact(z, codebook, width);
        var reference = new ReferenceKernels();
        int other = 0, careful = 0, ordinary = 0;
        for (var row = 0; row < indices.Length; row++)
        {
            if (indices[row] == nearest[row])
            {
                continue;
            }

            other++;
            if (indices[row] < 0 || indices[row] >= codebook.Length / width)
            {
                continue;
            }

            // Two codes are all that the question is about.
            var pair = new Tensor([2, width], [.. Row(codebook, width, (int)nearest[row]), .. Row(codebook, width, (int)indices[row])]);
            var answer = reference.VqAssign(new Tensor([1, width], [.. Row(z, width, row)]), pair);
            var precision = Precision.Of(DType.Float32);
            if (answer.Tolerance!.Alternatives.Any(a => Tolerance.IsLegal(a, precision, strict: true)))
            {
                careful++;
            }
            else if (answer.Tolerance.Alternatives.Any(a => Tolerance.IsLegal(a, precision, strict: false)))
            {
                ordinary++;
            }
        }

        return new NearestCodes(indices.Length, other, careful, ordinary);
    }

    /// <summary>Differences squared and summed in float64, ties to the lowest index; four rows share a pass over the codes.</summary>
    public static long[] Exact(float[] z, float[] codebook, int width)
    {
        const int Together = 4;
        var lanes = Vector<double>.Count;
        var padded = (width + lanes - 1) / lanes * lanes;
        var codes = Widened(codebook, width, padded);
        var points = Widened(z, width, padded);
        var rows = z.Length / width;
        var nearest = new long[rows];
        Parallel.For(0, (rows + Together - 1) / Together, block =>
        {
            Span<int> at = stackalloc int[Together];
            Span<double> least = stackalloc double[Together];
            least.Fill(double.PositiveInfinity);
            for (var i = 0; i < Together; i++)
            {
                at[i] = Math.Min((block * Together) + i, rows - 1);
            }

            for (var code = 0; code < codes.Length / padded; code++)
            {
                Vector<double> a = default, b = default, c = default, d = default;
                for (var j = 0; j < padded; j += lanes)
                {
                    var e = new Vector<double>(codes, (code * padded) + j);
                    var (p, q, r, s) = (new Vector<double>(points, (at[0] * padded) + j) - e, new Vector<double>(points, (at[1] * padded) + j) - e, new Vector<double>(points, (at[2] * padded) + j) - e, new Vector<double>(points, (at[3] * padded) + j) - e);
                    a += p * p;
                    b += q * q;
                    c += r * r;
                    d += s * s;
                }

                Nearer(Vector.Sum(a), code, ref least[0], ref nearest[at[0]]);
                Nearer(Vector.Sum(b), code, ref least[1], ref nearest[at[1]]);
                Nearer(Vector.Sum(c), code, ref least[2], ref nearest[at[2]]);
                Nearer(Vector.Sum(d), code, ref least[3], ref nearest[at[3]]);
            }
        });
        return nearest;
    }

    private static void Nearer(double distance, int code, ref double least, ref long nearest)
    {
        if (distance < least)
        {
            (least, nearest) = (distance, code);
        }
    }

    private static double[] Widened(float[] values, int width, int padded)
    {
        var wide = new double[values.Length / width * padded];
        for (var i = 0; i < values.Length; i++)
        {
            wide[(i / width * padded) + (i % width)] = values[i];
        }

        return wide;
    }

    private static IEnumerable<double> Row(float[] values, int width, int row) => values.Skip(row * width).Take(width).Select(v => (double)v);
}
