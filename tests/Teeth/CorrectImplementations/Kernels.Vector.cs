using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IVectorQuantizer
{
    public Tensor VqAssign(Tensor z, Tensor codebook) => Indices([z.Shape[0]], Nearest(Rows(z), Rows(codebook)));

    public (Tensor? Quantized, Tensor? Indices) VqQuantize(Tensor z, Tensor codebook)
    {
        var (rows, codes) = (Rows(z), Rows(codebook));
        var nearest = Nearest(rows, codes);
        return (Out(z.Shape.ToArray(), rows.SelectMany((row, i) => Passed(row, codes[nearest[i]]))), Indices([rows.Length], nearest));
    }

    public (Tensor? DZ, Tensor? DCodebook) VqQuantizeVjp(Tensor z, Tensor codebook, Tensor dQuantized)
    {
        var (rows, codes, upstream) = (Rows(z), Rows(codebook), Rows(dQuantized));
        var nearest = Nearest(rows, codes);
        return (Out(z.Shape.ToArray(), rows.SelectMany((row, i) => PassedBack(row, codes[nearest[i]], upstream[i]))), Zeros(codebook));
    }

    public (Tensor? Quantized, Tensor? Indices) VqQuantizeMap(Tensor z, Tensor codebook)
    {
        var (flat, indices) = VqQuantize(ChannelsLast(z), codebook);
        int[] sites = [z.Shape[0], z.Shape[2], z.Shape[3]];
        return (ChannelsFirst(flat!, z), new Tensor(sites, indices!.Int64.ToArray()));
    }

    public (Tensor? DZ, Tensor? DCodebook) VqQuantizeMapVjp(Tensor z, Tensor codebook, Tensor dQuantized)
    {
        var (dz, dCodebook) = VqQuantizeVjp(ChannelsLast(z), codebook, ChannelsLast(dQuantized));
        return (ChannelsFirst(dz!, z), dCodebook);
    }

    public Tensor StraightThrough(Tensor z, Tensor quantized)
    {
        var (a, q) = (Values(z), Values(quantized));
        return Like(z, i => style.LiteralStraightThrough ? a[i] + (q[i] - a[i]) : q[i]);
    }

    public (Tensor? DZ, Tensor? DQuantized) StraightThroughVjp(Tensor z, Tensor quantized, Tensor dOutput)
    {
        var g = Values(dOutput);
        return (Like(z, i => g[i]), Zeros(quantized));
    }

    public Tensor CodebookLoss(Tensor z, Tensor codebook) => Reduced(Distances(z, codebook), z.Shape[1]);

    public (Tensor? DZ, Tensor? DCodebook) CodebookLossVjp(Tensor z, Tensor codebook, Tensor dLoss) => Pulls(z, codebook, dLoss, 0, 1);

    public Tensor CommitmentLoss(Tensor z, Tensor codebook) => Reduced(Distances(z, codebook), z.Shape[1]);

    public (Tensor? DZ, Tensor? DCodebook) CommitmentLossVjp(Tensor z, Tensor codebook, Tensor dLoss) => Pulls(z, codebook, dLoss, 1, 0);

    public (Tensor? Loss, Tensor? CodebookTerm, Tensor? CommitmentTerm) VqLoss(Tensor z, Tensor codebook, double beta)
    {
        if (!(beta >= 0))
        {
            throw new RefusalException("beta");
        }

        var distances = Distances(z, codebook);
        var term = Reduced(distances, z.Shape[1]);
        T[] joined = [.. distances.Select(d => style.Reciprocals ? (T.One + C(beta)) * d : d + (C(beta) * d))];
        return (Reduced(joined, z.Shape[1]), term, term);
    }

    public (Tensor? DZ, Tensor? DCodebook) VqLossVjp(Tensor z, Tensor codebook, double beta, Tensor dLoss) =>
        style.Conventions.Beta == "legacy" ? Pulls(z, codebook, dLoss, 1, beta) : Pulls(z, codebook, dLoss, beta, 1);

    private static T[][] Rows(Tensor matrix)
    {
        var values = Values(matrix);
        var d = matrix.Shape[1];
        return [.. Enumerable.Range(0, matrix.Shape[0]).Select(i => values[(i * d)..((i + 1) * d)])];
    }

    private static Tensor Indices(int[] shape, int[] indices) => new(shape, [.. indices.Select(i => (long)i)]);

    private static int Site(Tensor map, int i) =>
        (i / (map.Shape[1] * map.Shape[2] * map.Shape[3]) * map.Shape[2] * map.Shape[3]) + (i % (map.Shape[2] * map.Shape[3]));

    private static int Channel(Tensor map, int i) => i / (map.Shape[2] * map.Shape[3]) % map.Shape[1];

    private static Tensor ChannelsLast(Tensor map)
    {
        var moved = new double[map.Count];
        for (var i = 0; i < moved.Length; i++)
        {
            moved[(Site(map, i) * map.Shape[1]) + Channel(map, i)] = map[i];
        }

        return Tensor.Of(map.DType, [map.Count / map.Shape[1], map.Shape[1]], moved);
    }

    private static Tensor ChannelsFirst(Tensor rows, Tensor map) =>
        Tensor.Of(rows.DType, map.Shape.ToArray(), [.. Enumerable.Range(0, map.Count).Select(i => rows[Site(map, i), Channel(map, i)])]);

    private int[] Nearest(T[][] rows, T[][] codes)
    {
        if (codes.Length == 0)
        {
            throw new RefusalException("no codes");
        }

        return [.. rows.Select(row => Smallest([.. codes.Select(code => Distance(row, code))]))];
    }

    private static int Smallest(T[] distances)
    {
        var best = 0;
        for (var k = 1; k < distances.Length; k++)
        {
            best = distances[k] < distances[best] ? k : best;
        }

        return best;
    }

    private T Distance(T[] z, T[] e) => style.ExpandedDistance
        ? Sum(z.Length, j => Square(z[j])) - (C(2) * Sum(z.Length, j => z[j] * e[j])) + Sum(z.Length, j => Square(e[j]))
        : Sum(z.Length, j => Square(z[j] - e[j]));

    private IEnumerable<T> Passed(T[] z, T[] code) => style.LiteralStraightThrough ? z.Zip(code, (a, q) => a + (q - a)) : code;

    protected virtual T[] PassedBack(T[] z, T[] code, T[] upstream)
    {
        if (style.Conventions.Estimator != "rotation")
        {
            return upstream;
        }

        T Dot(T[] a, T[] b) => Sum(a.Length, j => a[j] * b[j]);
        T[] Unit(T[] v) => [.. v.Select(c => c / T.Sqrt(Dot(v, v)))];
        var (from, to) = (Unit(z), Unit(code));
        T[] middle = Unit([.. from.Zip(to, (a, b) => a + b)]);
        var (scale, alongMiddle, alongCode) = (T.Sqrt(Dot(code, code)) / T.Sqrt(Dot(z, z)), Dot(middle, upstream), Dot(to, upstream));
        return [.. upstream.Select((g, j) => scale * (g - (C(2) * alongMiddle * middle[j]) + (C(2) * alongCode * from[j])))];
    }

    private T[] Distances(Tensor z, Tensor codebook)
    {
        var (rows, codes) = (Rows(z), Rows(codebook));
        var nearest = Nearest(rows, codes);
        return [.. rows.Select((row, i) => Sum(row.Length, j => Square(codes[nearest[i]][j] - row[j])))];
    }

    private (Tensor? DZ, Tensor? DCodebook) Pulls(Tensor z, Tensor codebook, Tensor dLoss, double toEncoder, double toCodes)
    {
        var (rows, codes) = (Rows(z), Rows(codebook));
        var nearest = Nearest(rows, codes);
        var (n, d) = (rows.Length, codebook.Shape[1]);
        T Pull(int i, int j) => C(2) * Upstream(dLoss, i, n, d) * (rows[i][j] - codes[nearest[i]][j]);
        return (
            Like(z, i => C(toEncoder) * Pull(i / d, i % d)),
            Like(codebook, i =>
            {
                int[] members = [.. Enumerable.Range(0, n).Where(m => nearest[m] == i / d)];
                return -C(toCodes) * Sum(members.Length, m => Pull(members[m], i % d));
            }));
    }
}
