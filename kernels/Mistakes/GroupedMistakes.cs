using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Codebooks side by side: which numbers make a group, which codebook it reads, and decoding of several stages.</summary>
internal static class GroupedMistakes
{
    /// <summary>The place in the vector of element <c>c</c> of group <c>g</c>, with G groups of C.</summary>
    public delegate int Place(int g, int c, int groups, int width);

    public static IEnumerable<Mistake> All => [.. Values, .. Gradients, .. Decoding, .. Refusals];

    private static IEnumerable<Mistake> Values =>
    [
        new Wrong("RQ17", "groups-interleaved", "Pretrained weights give noise.", "Cut the vector into contiguous chunks.")
            .Value("grouped_vq_quantize", Grouped(Interleaved)),
        new Wrong("RQ17a", "groups-written-back-interleaved", "Codes are right and stand in the wrong channels.", "Put a chunk back where it was cut out.")
            .Value("grouped_vq_quantize", Grouped(Contiguous, write: Interleaved)),
        new Wrong("RQ17b", "groups-in-reverse", "The last codebook reads the first chunk.", "Number chunks from the front.")
            .Value("grouped_vq_quantize", Grouped((g, c, groups, width) => ((groups - 1 - g) * width) + c)),
        new Wrong("VA24", "all-heads-read-the-first-codebook", "All groups speak the same few codes.", "Add g times K to the index, or take codebook g.")
            .Value("grouped_vq_quantize", Grouped(Contiguous, book: _ => 0)),
        new Wrong("VA24b", "heads-look-up-in-the-first-codebook", "Indices are right and the vectors are not.", "Look a group's index up in its own codebook.")
            .Value("grouped_vq_quantize", Grouped(Contiguous, lookup: _ => 0)),
        new Wrong("VA24c", "indices-into-the-joined-codebook", "Indices of later groups are too high by a multiple of K.", "Number the codes of each group from zero.")
            .Answering("grouped_vq_quantize", i =>
            {
                var indices = Wrong.Right("grouped_vq_quantize", i)["indices"];
                long codes = i["codebooks"].Shape[1];
                var groups = i["codebooks"].Shape[0];
                return Wrong.One("indices", new Tensor(indices.Shape.ToArray(), [.. indices.Int64.ToArray().Select((k, at) => k + (at % groups * codes))]));
            }),
        new Wrong("VA18g", "grouped-quantizer-bypassed", "The reconstruction is suspiciously good.", "Return the codes, not the input.")
            .Answering("grouped_vq_quantize", i => Wrong.One("quantized", i["z"])),
        new Wrong("VA07g", "farthest-code-of-each-group", "The farthest code is chosen.", "Take the minimum of distances.")
            .Value("grouped_vq_quantize", Grouped(Contiguous, score: (z, e) => -Codes.Squared(z, e))),
        new Wrong("VA04g", "norm-forgotten-in-each-group", "Long codes win always.", "Keep the squared norm of the code in the score.")
            .Value("grouped_vq_quantize", Grouped(Contiguous, score: (z, e) => -Codes.Dot(z, e))),
        new Wrong("VA07h", "ties-to-the-last-of-each-group", "Of equal codes the higher index wins.", "Compare with <, not with <=.")
            .Value("grouped_vq_quantize", Grouped(Contiguous, lastOfTies: true)),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        new Wrong("ST01g", "grouped-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(q - z).")
            .Gradient("grouped_vq_quantize", Grouped(Contiguous, pass: (_, q) => q.Detached)),
        new Wrong("ST03g", "grouped-no-stop-gradient", "The codebooks take the encoder's gradient.", "Stop the gradient in z + sg(q - z).")
            .Gradient("grouped_vq_quantize", Grouped(Contiguous, pass: (_, q) => q)),
        new Wrong("ST05g", "grouped-codebook-gradient-too", "The decoder moves the codebooks.", "Give the codebooks nothing.")
            .Gradient("grouped_vq_quantize", Grouped(Contiguous, pass: (z, q) => z + q - z.Detached)),
        new Wrong("ST07g", "grouped-gradient-cut-off", "Far encoders get stuck.", "Pass the gradient however far the code is.")
            .Gradient("grouped_vq_quantize", Grouped(Contiguous, pass: StraightThroughMistakes.CutOff)),
        new Wrong("RQ17c", "gradient-interleaved", "Every channel learns from another one.", "Undo the cut by its inverse.")
            .Gradient("grouped_vq_quantize", Grouped(Contiguous, write: Interleaved)),
    ];

    private static IEnumerable<Mistake> Decoding =>
    [
        .. new Wrong("RQ09", "dropped-stage-gathers-the-last-code", "Dropped stages add energy.", "Mask the stages whose index is -1.", "lucidrains/vector-quantize-pytorch#44")
            .Both("rvq_decode", Decoded((k, codes) => k < 0 ? codes - 1 : k)),
        .. new Wrong("RQ09a", "dropped-stage-clamped-to-code-zero", "Dropped stages add code 0.", "Mask the stages whose index is -1.", "lucidrains/vector-quantize-pytorch#71")
            .Both("rvq_decode", Decoded((k, _) => Math.Max(k, 0))),
        .. new Wrong("RQ04e", "decode-the-last-stage-only", "Only the finest correction is heard.", "Add the codes of all stages.")
            .Both("rvq_decode", Decoded((k, _) => k, (s, stages) => s == stages - 1 ? 1 : 0)),
        .. new Wrong("RQ04f", "decode-averages-stages", "Outputs shrink with every stage.", "Add the codes; do not average them.")
            .Both("rvq_decode", Decoded((k, _) => k, (_, stages) => 1.0 / stages)),
        .. new Wrong("RQ09b", "decode-counts-codes-from-one", "Every stage decodes the code before.", "Count codes from zero.")
            .Both("rvq_decode", Decoded((k, codes) => k < 0 ? k : (k + codes - 1) % codes)),
        new Wrong("NU13r", "last-sample-of-a-code-wins", "Of several samples on one code only the last moves it.", "Accumulate the gradients of a code.")
            .Answering("rvq_decode.vjp", Scattered(members => members[^1])),
        new Wrong("NU13s", "mean-of-a-code-over-its-samples", "Popular codes move too slowly.", "Sum the gradients of a code; do not average them.")
            .Answering("rvq_decode.vjp", Scattered(members => members.Average())),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("RQ09c", "negative-index-wraps", "An index of -2 is a code from the end.", "Refuse indices that are neither -1 nor a code.")
            .Unrefused("rvq_decode", i => Wrong.One("quantized", new Tensor([i["indices"].Shape[0], i["codebooks"].Shape[2]], new double[i["indices"].Shape[0] * i["codebooks"].Shape[2]]))),
        new Wrong("NU15r", "no-codebooks-answered", "Without codebooks the output is zero.", "Refuse to quantize without codes.")
            .Unrefused("rvq_quantize", i => new Dictionary<string, Tensor>
            {
                ["quantized"] = Wrong.Map(i["z"], _ => 0),
                ["indices"] = new Tensor([i["z"].Shape[0], i["codebooks"].Shape[0]], new long[i["z"].Shape[0] * i["codebooks"].Shape[0]]),
            }),
        new Wrong("NU15s", "stages-without-codes-lose-nothing", "Without codes there is no loss.", "Refuse to quantize without codes.")
            .Unrefused("rvq_loss", i => Wrong.One("loss", new Tensor([i["z"].Shape[0]], new double[i["z"].Shape[0]]))),
        new Wrong("RQ17d", "leftover-channels-dropped", "Channels that make no whole group are lost.", "Refuse groups that do not make up the vector.")
            .Unrefused("grouped_vq_quantize", i => Wrong.One("quantized", i["z"])),
    ];

    public static int Contiguous(int g, int c, int groups, int width) => (g * width) + c;

    public static int Interleaved(int g, int c, int groups, int width) => (c * groups) + g;

    public static Formula Grouped(
        Place read,
        Place? write = null,
        Func<int, int>? book = null,
        Func<int, int>? lookup = null,
        Codes.Score? score = null,
        bool lastOfTies = false,
        Func<Traced, Traced, Traced>? pass = null) => inputs =>
    {
        var (z, books) = (inputs["z"], inputs["codebooks"]);
        var (groups, codes, width) = (books.Rows, books.Shape[1], books.Shape[2]);
        var quantized = new Traced[z.Count];
        var indices = new List<int>();
        for (var n = 0; n < z.Rows; n++)
        {
            for (var g = 0; g < groups; g++)
            {
                var from = book?.Invoke(g) ?? g;
                double[] chunk = [.. Enumerable.Range(0, width).Select(c => z[n, read(g, c, groups, width)].Value)];
                var k = Codes.Smallest([.. Enumerable.Range(0, codes).Select(i => (score ?? Codes.Squared)(chunk, [.. Enumerable.Range(0, width).Select(c => books[from, (i * width) + c].Value)]))], lastOfTies);
                indices.Add(k);
                for (var c = 0; c < width; c++)
                {
                    var (value, code) = (z[n, read(g, c, groups, width)], books[lookup?.Invoke(g) ?? from, (k * width) + c]);
                    quantized[(n * z.Columns) + (write ?? read)(g, c, groups, width)] = pass?.Invoke(value, code) ?? Traced.Through(value, code.Value);
                }
            }
        }

        return new Dictionary<string, Grid> { ["quantized"] = new Grid(z.Shape, quantized), ["indices"] = Grid.Whole([z.Rows, groups], indices) };
    };

    /// <param name="read">Which code an index means, of how many; a negative one is left out.</param>
    /// <param name="weight">What a stage counts, of how many.</param>
    private static Formula Decoded(Func<int, int, int> read, Func<int, int, double>? weight = null) => inputs =>
    {
        var (indices, books) = (inputs["indices"], inputs["codebooks"]);
        var (stages, codes, width) = (books.Rows, books.Shape[1], books.Shape[2]);
        Traced Code(int n, int s, int j)
        {
            var k = read((int)indices[n, s].Value, codes);
            return k < 0 ? 0 : (weight?.Invoke(s, stages) ?? 1) * books[s, (k * width) + j];
        }

        return new Dictionary<string, Grid> { ["quantized"] = Grid.Matrix(indices.Rows, width, (n, j) => Traced.Sum(stages, s => Code(n, s, j))) };
    };

    /// <summary>The codebooks' gradient by another rule for joining the samples of one code.</summary>
    private static Func<IReadOnlyDictionary<string, Tensor>, IReadOnlyDictionary<string, Tensor>> Scattered(Func<double[], double> join) => inputs =>
    {
        var (indices, books, upstream) = (inputs["indices"], inputs["codebooks"], inputs["d_quantized"]);
        var (stages, codes, width) = (books.Shape[0], books.Shape[1], books.Shape[2]);
        return Wrong.One("d_codebooks", new Tensor(books.Shape.ToArray(), [.. Enumerable.Range(0, books.Count).Select(i =>
        {
            var (stage, code) = (i / (codes * width), i / width % codes);
            double[] members = [.. Enumerable.Range(0, indices.Shape[0]).Where(n => indices.Int64[(n * stages) + stage] == code).Select(n => upstream[n, i % width])];
            return members.Length == 0 ? 0 : join(members);
        })]));
    };
}
