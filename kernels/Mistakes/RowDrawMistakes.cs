using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Rows drawn for dead codes: from padding, by another worker's numbers, from another head, one past the end.</summary>
internal static class RowDrawMistakes
{
    /// <summary>The row that a uniform draws, of so many.</summary>
    private delegate int Draw(double uniform, int rows);

    /// <summary>A row of the batch by worker, head and number, from the worker, the head and the uniforms of all.</summary>
    private delegate (int Worker, int Head, int Row) Source(Place at, Func<int, int, double> uniform, Sizes sizes);

    public static IEnumerable<Mistake> All => [.. Masked, .. Workers];

    private static IEnumerable<Mistake> Masked =>
    [
        new Wrong("RV16", "padding-sampled", "A code lands on the padding value.", "Draw from the rows whose mask is one.")
            .Answering("sample_rows", i => Taken(i, (u, _) => Floor(u, i["z"].Shape[0]))),
        new Wrong("RV16a", "draw-not-mapped-to-the-valid-rows", "The first rows are drawn, padding or not.", "Draw a number among the valid rows, then look up which row it is.")
            .Answering("sample_rows", i => Taken(i, (u, valid) => Floor(u, valid.Length))),
        new Wrong("RV16b", "index-among-the-valid-rows", "Rows are right, and their numbers are not.", "Report the row's number in the batch.")
            .Answering("sample_rows", i => Wrong.One("indices", Taken(i, (u, valid) => Floor(u, valid.Length))["indices"])),
        new Wrong("RV16c", "sampling-mask-inverted", "Only padding is drawn.", "A mask of one is a row that counts.")
            .Answering("sample_rows", i =>
            {
                int[] padding = [.. Enumerable.Range(0, i["mask"].Count).Where(n => i["mask"][n] == 0)];
                return padding.Length == 0 ? Wrong.Right("sample_rows", i) : Taken(i, (u, _) => padding[Floor(u, padding.Length)]);
            }),
        new Wrong("RV16d", "padding-sampled-as-zeros", "Some revived codes are zero.", "Take padding out before drawing; do not blank it.")
            .Answering("sample_rows", i =>
            {
                var taken = Taken(i, (u, _) => Floor(u, i["z"].Shape[0]));
                var width = i["z"].Shape[1];
                taken["rows"] = new Tensor(taken["rows"].Shape.ToArray(), [.. taken["rows"].ToDoubles().Select((v, at) => v * i["mask"][(int)taken["indices"].Int64[at / width]])]);
                return taken;
            }),
        Drawing("RV16e", "draw-rounded", "The first row is drawn half as often as it should be.", "Round down.", (u, n) => Math.Min((int)Math.Round(u * n), n - 1)),
        Drawing("RV16f", "last-row-never-drawn", "The last row never becomes a code.", "Multiply by the number of rows, not by one less.", (u, n) => Floor(u, n - 1)),
        Drawing("RV16g", "sample-draw-rounded-up", "The first row is never drawn, and the last twice as often.", "Round down.", (u, n) => Math.Min((int)Math.Ceiling(u * n), n - 1)),
        Drawing("RV16h", "draw-from-the-end", "Two programs draw unlike rows from the same numbers.", "u = 0 is the first row.", (u, n) => n - 1 - Floor(u, n)),
        new Wrong("RV16i", "one-row-for-all-draws", "Revived codes are copies of each other.", "Give each draw a number of its own.")
            .Answering("sample_rows", i => Taken(i, (_, valid) => valid[Floor(i["uniforms"][0], valid.Length)])),
        new Wrong("RV15a", "drawn-from-nothing", "Without a valid row dead codes become zero.", "Refuse to draw where no row is valid.")
            .Unrefused("sample_rows", i => Wrong.One("rows", new Tensor([i["uniforms"].Count, i["z"].Shape[1]], new double[i["uniforms"].Count * i["z"].Shape[1]]))),
    ];

    private static IEnumerable<Mistake> Workers =>
    [
        Revived("RV04", "each-worker-draws-its-own", "Codebooks of the workers part.", "Let one worker draw and tell the others.", (at, u, n) => Joined(at.Head, Floor(u(at.Worker, at.Head), n.All), n), "lucidrains/vector-quantize-pytorch#142"),
        Revived("RV04a", "each-worker-draws-from-its-shard", "Codebooks of the workers part.", "Draw from the joined batch.", (at, u, n) => (at.Worker, at.Head, Floor(u(0, at.Head), n.Rows))),
        Revived("RV04b", "only-the-first-shard-drawn", "Revived codes know the data of one worker only.", "Draw from the joined batch.", (at, u, n) => (0, at.Head, Floor(u(0, at.Head), n.Rows))),
        Revived("RV04c", "shards-joined-row-by-row", "Two programs draw unlike rows from the same numbers.", "Join the workers' rows one worker after the other.", (at, u, n) => Floor(u(0, at.Head), n.All) is var k ? (k % n.Workers, at.Head, k / n.Workers) : default),
        Revived("RV04d", "each-worker-alone", "Codebooks of the workers part.", "Join the batch, and let one worker draw.", (at, u, n) => (at.Worker, at.Head, Floor(u(at.Worker, at.Head), n.Rows))),
        Revived("RV06a", "all-heads-from-the-first", "Heads are revived with vectors of another head.", "Draw each head's rows from that head.", (at, u, n) => Joined(0, Floor(u(0, at.Head), n.All), n)),
        Revived("RV06b", "one-draw-for-all-heads", "Heads are revived with the same tokens.", "Give each head numbers of its own.", (at, u, n) => Joined(at.Head, Floor(u(0, 0), n.All), n)),
        Revived("RV06c", "heads-joined-with-the-rows", "Heads are revived with vectors of another head.", "Keep the axis of the heads out of the rows.", (at, u, n) =>
        {
            var k = Floor(u(0, at.Head), n.All * n.Heads);
            return (k / (n.Heads * n.Rows), k / n.Rows % n.Heads, k % n.Rows);
        }),
        Revived("RV06d", "revival-draw-rounded", "The first row is drawn half as often as it should be.", "Round down.", (at, u, n) => Joined(at.Head, Math.Min((int)Math.Round(u(0, at.Head) * n.All), n.All - 1), n)),
        Revived("RV06e", "last-joined-row-never-drawn", "The last row never becomes a code.", "Multiply by the number of rows, not by one less.", (at, u, n) => Joined(at.Head, Floor(u(0, at.Head), n.All - 1), n)),
        new Wrong("RV06", "rows-read-as-heads", "Single numbers are drawn in the place of rows, as many times as there are rows.", "Draw rows; the axis of the heads is gone by then.", "lucidrains/vector-quantize-pytorch@e7ced71")
            .Answering("revival_rows", i =>
            {
                var n = Sizes.Of(i);
                return Wrong.One("rows", new Tensor([n.Workers, n.Heads, n.All, n.Draws], [.. Each(n.Workers, n.Heads, n.All, n.Draws).Select(at =>
                {
                    var (_, _, row) = Joined(at.B, at.C, n);
                    var column = Floor(i["uniforms"][(at.B * n.Draws) + at.D], n.Width);
                    return i["z"][(((((at.C / n.Rows * n.Heads) + at.B) * n.Rows) + row) * n.Width) + column];
                })]));
            }),
        new Wrong("RV15b", "revived-from-no-batch", "Without a batch dead codes become zero.", "Refuse to draw where there are no rows.")
            .Unrefused("revival_rows", i => Wrong.One("rows", new Tensor([.. i["uniforms"].Shape, i["z"].Shape[3]], new double[i["uniforms"].Count * i["z"].Shape[3]]))),
    ];

    private static int Floor(double uniform, int rows) => (int)Math.Floor(uniform * rows);

    private static (int Worker, int Head, int Row) Joined(int head, int number, Sizes sizes) => (number / sizes.Rows, head, number % sizes.Rows);

    private static Mistake Drawing(string id, string name, string symptom, string mend, Draw draw) =>
        new Wrong(id, name, symptom, mend).Answering("sample_rows", i => Taken(i, (u, valid) => valid[Math.Max(draw(u, valid.Length), 0)]));

    private static Dictionary<string, Tensor> Taken(Given i, Func<double, int[], int> row)
    {
        int[] valid = [.. Enumerable.Range(0, i["mask"].Count).Where(n => i["mask"][n] == 1)];
        int[] taken = [.. i["uniforms"].ToDoubles().Select(u => row(u, valid))];
        var rows = LearnedCodebook.Rows(i["z"]);
        return new()
        {
            ["rows"] = new Tensor([taken.Length, i["z"].Shape[1]], [.. taken.SelectMany(n => rows[n])]),
            ["indices"] = new Tensor([taken.Length], [.. taken.Select(n => (long)n)]),
        };
    }

    private static Mistake Revived(string id, string name, string symptom, string mend, Source source, string? where = null) =>
        new Wrong(id, name, symptom, mend, where).Answering("revival_rows", i =>
        {
            var n = Sizes.Of(i);
            (int Worker, int Head, int Row)[] drawn = [.. Each(n.Workers, n.Heads, n.Draws, 1).Select(at =>
                source(new(at.A, at.B), (worker, head) => i["uniforms"][(((worker * n.Heads) + head) * n.Draws) + at.C], n))];
            return new Dictionary<string, Tensor>
            {
                ["rows"] = new Tensor([.. i["uniforms"].Shape, n.Width], [.. drawn.SelectMany(d =>
                    Enumerable.Range(0, n.Width).Select(j => i["z"][(((((d.Worker * n.Heads) + d.Head) * n.Rows) + d.Row) * n.Width) + j]))]),
                ["indices"] = new Tensor(i["uniforms"].Shape.ToArray(), [.. drawn.Select(d => (long)((d.Worker * n.Rows) + d.Row))]),
            };
        });

    private static IEnumerable<(int A, int B, int C, int D)> Each(int a, int b, int c, int d) =>
        from i in Enumerable.Range(0, a)
        from j in Enumerable.Range(0, b)
        from k in Enumerable.Range(0, c)
        from l in Enumerable.Range(0, d)
        select (i, j, k, l);

    private readonly record struct Place(int Worker, int Head);

    private sealed record Sizes(int Workers, int Heads, int Rows, int Width, int Draws)
    {
        /// <summary>The rows of a head on all workers.</summary>
        public int All => Workers * Rows;

        public static Sizes Of(Given i) => new(i["z"].Shape[0], i["z"].Shape[1], i["z"].Shape[2], i["z"].Shape[3], i["uniforms"].Shape[2]);
    }
}
