using LatentConformance.Contract;

namespace LatentConformance.Reference;

// r_1 = z, q_i = nearest of codebook i to r_i, r_{i+1} = r_i − q_i, out = z + sg(Σ q_i − z): ∂out/∂z = 1, not Q, and nothing
// for the codebooks. A near tie at one stage changes all later ones, so a legal other choice brings its later codes with it.
public sealed partial class ReferenceKernels : IResidualQuantizer
{
    public (Tensor? Quantized, Tensor? Indices) RvqQuantize(Tensor z, Tensor codebooks)
    {
        var books = BooksFor(z, codebooks);
        var indices = Cascades(z, books);
        return (Answers.Matrix(z.Shape[0], z.Shape[1], (n, j) => Stacked(z[n, j], Codes(books, indices, n, j))), indices);
    }

    public (Tensor? DZ, Tensor? DCodebooks) RvqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        BooksFor(z, codebooks);
        return (Answers.Like(z, i => dQuantized[i]), Answers.Zeros(codebooks));
    }

    private static Tensor[] BooksFor(Tensor z, Tensor codebooks)
    {
        var books = Codebooks.Each(codebooks);
        Refuse.UnlessCodebookFits(z.Shape[1], books[0]);
        return books;
    }

    private static double[] Codes(Tensor[] books, Tensor indices, int sample, int dimension) =>
        [.. books.Select((book, s) => book[(int)indices[sample, s], dimension])];

    /// <summary>
    /// Σ q_i as code adds it up: the codes one by one, or z less what is left over, with a straight-through round each
    /// stage or round the whole. Each of these roundings is of a residual, a code or a partial sum.
    /// </summary>
    private static Real Stacked(double z, double[] codes)
    {
        double sum = 0, roundings = Math.Abs(z);
        foreach (var code in codes)
        {
            roundings += (2 * Math.Abs(z - sum - code)) + Math.Abs(code);
            sum += code;
            roundings += Math.Abs(sum);
        }

        var magnitude = Math.Abs(z) + codes.Sum(Math.Abs);
        return new Real(sum, new Coefficients(roundings + Math.Abs(z - sum) + Math.Abs(sum), 0, 0), magnitude);
    }

    /// <summary>The indices of all rows at all stages, or the choice that this reference was told to answer for.</summary>
    private Tensor Cascades(Tensor z, Tensor[] books)
    {
        int[] shape = [z.Shape[0], books.Length];
        if (choice is not null)
        {
            return new Tensor(shape, choice.Int64.ToArray()) { Tolerance = Tolerance.Exact(choice.Count) with { IsChoice = true } };
        }

        var alternatives = new List<Alternative>();
        double peak = 0;
        var indices = new List<long>();
        for (var n = 0; n < z.Shape[0]; n++)
        {
            indices.AddRange(Cascade(Row(z, n), books, n, alternatives, ref peak));
        }

        return new Tensor(shape, indices.ToArray())
        {
            Tolerance = Tolerance.Exact(indices.Count) with { Alternatives = alternatives, Peak = peak, IsChoice = true },
        };
    }

    private static long[] Cascade(double[] z, Tensor[] books, int row, List<Alternative> alternatives, ref double peak)
    {
        Real[] residual = [.. z.Select(v => (Real)v)];
        var path = Greedy(residual, books);
        for (var s = 0; s < books.Length; s++)
        {
            var near = new List<Alternative>();
            NearTies(residual, books[s], (int)path[s], (row * books.Length) + s, near, ref peak);
            foreach (var other in near)
            {
                alternatives.Add(other);
                var later = Greedy(LeftOver(residual, books[s], (int)other.Value), books[(s + 1)..]);
                alternatives.AddRange(
                    from t in Enumerable.Range(0, later.Length)
                    where later[t] != path[s + 1 + t]
                    select other with { Element = (row * books.Length) + s + 1 + t, Value = later[t] });
            }

            residual = LeftOver(residual, books[s], (int)path[s]);
        }

        return path;
    }

    private static long[] Greedy(Real[] residual, Tensor[] books)
    {
        var path = new long[books.Length];
        for (var s = 0; s < path.Length; s++)
        {
            var distances = Answers.Each(books[s].Shape[0], k => DirectDistance(residual, books[s], k));
            path[s] = Enumerable.Range(0, distances.Length).MinBy(k => distances[k].Value);
            residual = LeftOver(residual, books[s], (int)path[s]);
        }

        return path;
    }

    private static Real[] LeftOver(Real[] residual, Tensor book, int code) => [.. residual.Select((r, j) => r - book[code, j])];

    /// <summary>The codes that some dtype could choose instead, the residual's own error counted.</summary>
    private static void NearTies(Real[] residual, Tensor book, int best, int element, List<Alternative> near, ref double peak)
    {
        var (direct, expanded) = (DirectDistance(residual, book, best), ExpandedDistance(residual, book, best));
        for (var k = 0; k < book.Shape[0]; k++)
        {
            var other = ExpandedDistance(residual, book, k);
            peak = Math.Max(peak, other.Peak);
            if (k == best || IsDuplicate(book, k, best))
            {
                continue;
            }

            var careful = DirectDistance(residual, book, k);
            var candidate = new Alternative(
                element, k, careful.Value - direct.Value, expanded.Error + other.Error, direct.Error + careful.Error);
            if (Tolerance.IsLegal(candidate, Precision.Of(DType.BFloat16), strict: false))
            {
                near.Add(candidate);
            }
        }
    }

    private static Real DirectDistance(Real[] residual, Tensor book, int code) => Answers.Sum(residual.Length, j =>
    {
        var difference = residual[j] - book[code, j];
        return difference * difference;
    });

    private static Real ExpandedDistance(Real[] residual, Tensor book, int code) => Real.Terms(
        Answers.Sum(residual.Length, j => residual[j] * residual[j]),
        -2 * Answers.Sum(residual.Length, j => residual[j] * book[code, j]),
        Answers.Sum(residual.Length, j => (Real)book[code, j] * book[code, j]));
}
