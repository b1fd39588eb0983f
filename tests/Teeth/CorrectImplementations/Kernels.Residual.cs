using LatentConformance.Contract;

namespace LatentConformance.Tests.Teeth.CorrectImplementations;

internal partial class Kernels<T> : IResidualQuantizer
{
    public (Tensor? Quantized, Tensor? Indices) RvqQuantize(Tensor z, Tensor codebooks)
    {
        var (rows, walks) = (Rows(z), Walks(z, codebooks));
        return (
            Out(z.Shape.ToArray(), walks.SelectMany((walk, n) => Passed(rows[n], Total(walk, z.Shape[1])))),
            Indices([rows.Length, codebooks.Shape[0]], [.. walks.SelectMany(w => w.Chosen)]));
    }

    public (Tensor? DZ, Tensor? DCodebooks) RvqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized)
    {
        var g = Values(dQuantized);
        return (Like(z, i => g[i]), Zeros(codebooks));
    }

    public Tensor RvqDecode(Tensor indices, Tensor codebooks)
    {
        var (books, stages, d) = (Blocks(codebooks), codebooks.Shape[0], codebooks.Shape[2]);
        return Out([indices.Shape[0], d], from n in Enumerable.Range(0, indices.Shape[0])
                                          from j in Enumerable.Range(0, d)
                                          select Sum(stages, q => indices.Int64[(n * stages) + q] is >= 0 and var k ? books[q][k][j] : T.Zero));
    }

    public Tensor RvqDecodeVjp(Tensor indices, Tensor codebooks, Tensor dQuantized)
    {
        var (upstream, stages, codes, d) = (Rows(dQuantized), codebooks.Shape[0], codebooks.Shape[1], codebooks.Shape[2]);
        return Like(codebooks, i =>
        {
            var (q, k) = (i / (codes * d), i / d % codes);
            int[] users = [.. Enumerable.Range(0, upstream.Length).Where(n => indices.Int64[(n * stages) + q] == k)];
            return Sum(users.Length, u => upstream[users[u]][i % d]);
        });
    }

    public Tensor RvqLoss(Tensor z, Tensor codebooks) => Out([z.Shape[0]], Walks(z, codebooks).Select(walk =>
        Sum(walk.Chosen.Length, q => Sum(z.Shape[1], j => Square(walk.Left[q][j] - walk.Codes[q][j])))));

    public (Tensor? DZ, Tensor? DCodebooks) RvqLossVjp(Tensor z, Tensor codebooks, Tensor dLoss)
    {
        var (walks, g, d) = (Walks(z, codebooks), Values(dLoss), z.Shape[1]);
        return (
            Like(z, i => Sum(codebooks.Shape[0], q => C(2) * g[i / d] * (walks[i / d].Left[q][i % d] - walks[i / d].Codes[q][i % d]))),
            Zeros(codebooks));
    }

    public (Tensor? Quantized, Tensor? Indices) GroupedVqQuantize(Tensor z, Tensor codebooks)
    {
        var (rows, books, width) = (Rows(z), Blocks(codebooks), codebooks.Shape[2]);
        int[][] nearest = [.. books.Select((book, g) => Nearest([.. rows.Select(row => row[(g * width)..((g + 1) * width)])], book))];
        return (
            Out(z.Shape.ToArray(), rows.SelectMany((row, n) => Passed(row, [.. books.SelectMany((book, g) => book[nearest[g][n]])]))),
            Indices([rows.Length, books.Length], [.. rows.SelectMany((_, n) => nearest.Select(chosen => chosen[n]))]));
    }

    public (Tensor? DZ, Tensor? DCodebooks) GroupedVqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized) =>
        RvqQuantizeVjp(z, codebooks, dQuantized);

    /// <summary>The codes added up, or z less what the last stage left over.</summary>
    private T[] Total(Walk walk, int d) => [.. Enumerable.Range(0, d).Select(j => style.OtherIdentities
        ? walk.Left[0][j] - walk.Left[^1][j]
        : Sum(walk.Codes.Length, q => walk.Codes[q][j]))];

    private Walk[] Walks(Tensor z, Tensor codebooks)
    {
        var books = Blocks(codebooks);
        return [.. Rows(z).Select(row =>
        {
            var (left, chosen) = (new List<T[]> { row }, new List<int>());
            foreach (var book in books)
            {
                var k = Nearest([left[^1]], book)[0];
                chosen.Add(k);
                left.Add([.. left[^1].Zip(book[k], (r, e) => r - e)]);
            }

            return new Walk([.. chosen], [.. chosen.Select((k, q) => books[q][k])], [.. left]);
        })];
    }

    /// <summary>One vector's way through the stages: what was chosen, and what was left before each stage and after the last.</summary>
    private sealed record Walk(int[] Chosen, T[][] Codes, T[][] Left);
}
