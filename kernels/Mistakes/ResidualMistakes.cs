using LatentConformance.Contract;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Codebooks in a row: which residual goes into which codebook, what is added up, and what carries a gradient.</summary>
internal static class ResidualMistakes
{
    /// <summary>What one sample makes of its vector and the code of each stage, by stage and dimension.</summary>
    private delegate Traced[] Output(Traced[] z, Traced[][] codes);

    /// <summary>The loss of one sample.</summary>
    private delegate Traced Loss(Traced[] z, Traced[][] codes);

    /// <summary>The codes that a sample takes.</summary>
    private delegate int[] Choice(double[] z, double[][][] books);

    public static IEnumerable<Mistake> All => [.. Values, .. Choices, .. Gradients, .. Losses];

    private static IEnumerable<Mistake> Values =>
    [
        new Wrong("RQ04", "last-stage-only", "Outputs are small: only the finest correction is left.", "Add the codes of all stages.")
            .Value("rvq_quantize", Quantized((_, q) => q[^1])),
        new Wrong("RQ04a", "first-stage-only", "Later stages make no difference.", "Add the codes of all stages.")
            .Value("rvq_quantize", Quantized((_, q) => q[0])),
        new Wrong("RQ04b", "mean-over-stages", "Outputs shrink with every stage.", "Add the codes; do not average them.")
            .Value("rvq_quantize", Quantized((z, q) => Each(z, j => Total(q, j) / q.Length))),
        new Wrong("RQ04c", "what-is-left-returned", "The output is what no stage could express.", "Return the sum of the codes, not the last residual.")
            .Value("rvq_quantize", Quantized((z, q) => Each(z, j => z[j] - Total(q, j)))),
        new Wrong("RQ04d", "residual-quantizer-bypassed", "The reconstruction is suspiciously good.", "Return the codes, not the input.")
            .Answering("rvq_quantize", i => Wrong.One("quantized", i["z"])),
        new Wrong("RQ15", "stages-before-samples", "Indices come as [Q, N].", "Stack the indices along the last axis.")
            .Answering("rvq_quantize", i => Wrong.One("indices", Transposed(Wrong.Right("rvq_quantize", i)["indices"], relabel: true))),
        new Wrong("RQ15a", "stages-reshaped-for-transposed", "Indices of unlike samples stand in one row.", "Transpose the indices; do not reshape them.")
            .Answering("rvq_quantize", i => Wrong.One("indices", Transposed(Wrong.Right("rvq_quantize", i)["indices"], relabel: false))),
        new Wrong("RQ15b", "residual-index-in-a-byte", "Codes alias modulo 256.", "Store indices in a type that counts all codes.")
            .Changing("rvq_quantize", "indices", k => k % 256),
    ];

    private static IEnumerable<Mistake> Choices =>
    [
        new Wrong("RQ16", "first-codebook-for-all-stages", "Later stages improve little.", "Take codebook i at stage i.")
            .Calling("rvq_quantize", FirstBookOnly),
        new Wrong("RQ16a", "decode-by-the-first-codebook", "Decoded tokens differ from the forward output.", "Take codebook i at stage i.")
            .Calling("rvq_decode", FirstBookOnly),
        new Wrong("RQ16b", "loss-by-the-first-codebook", "The commitment does not fall with more stages.", "Take codebook i at stage i.")
            .Calling("rvq_loss", FirstBookOnly),
        new Wrong("RQ16c", "codebooks-in-reverse", "The finest codebook sees the whole vector.", "Take the codebooks in their order.")
            .Value("rvq_quantize", Chosen((z, books) => [.. Cascade(z, [.. books.Reverse()], -1).Reverse()])),
        new Wrong("RQ16d", "no-residual-taken", "Every stage quantizes the same vector.", "Subtract the code before the next stage.")
            .Value("rvq_quantize", Chosen((z, books) => Cascade(z, books, 0))),
        new Wrong("RQ16e", "code-added-to-the-residual", "Stages run away from the vector.", "Subtract the code from the residual; do not add it.")
            .Value("rvq_quantize", Chosen((z, books) => Cascade(z, books, 1))),
        new Wrong("RQ16f", "ties-to-the-last-at-every-stage", "Of equal codes the higher index wins.", "Compare with <, not with <=.")
            .Value("rvq_quantize", Chosen((z, books) => Cascade(z, books, -1, lastOfTies: true))),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        new Wrong("RQ02", "straight-through-at-every-stage", "The encoder's gradient is multiplied by the number of stages.", "One straight-through over the sum: z + sg(sum - z).", "EdoardoBotta/RQ-VAE-Recommender#67")
            .Gradient("rvq_quantize", Quantized((z, q) => Each(z, j => Sum(q.Length, s => Through(z[j], q[s][j].Value))))),
        new Wrong("RQ02a", "residual-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(sum - z).")
            .Gradient("rvq_quantize", Quantized((z, q) => Each(z, j => Total(q, j).Detached))),
        new Wrong("RQ02b", "residual-no-stop-gradient", "The codebooks take the encoder's gradient.", "Stop the gradient in z + sg(sum - z).")
            .Gradient("rvq_quantize", Quantized((z, q) => Each(z, j => Total(q, j)))),
        new Wrong("RQ02c", "residual-codebook-gradient-too", "The decoder moves the codebooks.", "Stop the codes in z + sg(sum - z).")
            .Gradient("rvq_quantize", Quantized((z, q) => Each(z, j => z[j] + Total(q, j) - z[j].Detached))),
        new Wrong("RQ02d", "gradient-over-stages-averaged", "The encoder learns more slowly the more stages there are.", "Pass the whole gradient once.")
            .Gradient("rvq_quantize", Quantized((z, q) => Each(z, j => z[j] / q.Length))),
    ];

    private static IEnumerable<Mistake> Losses =>
    [
        new Wrong("RQ01", "residual-past-the-straight-through", "Only the first stage commits the encoder.", "Subtract the code itself, not z + sg(q - z).", "lucidrains/vector-quantize-pytorch#33")
            .Gradient("rvq_loss", Summed((z, q) => Staged(z, q, (r, code) => r - Through(r, code.Value), Detached))),
        new Wrong("RQ06", "residual-not-detached", "Later stages pull the codes of earlier ones.", "Stop the code that is subtracted.")
            .Gradient("rvq_loss", Summed((z, q) => Staged(z, q, (r, code) => r - code, Detached))),
        new Wrong("RQ06a", "stage-codes-not-detached", "Commitment moves the codebooks.", "Stop the code in every stage's term.")
            .Gradient("rvq_loss", Summed((z, q) => Staged(z, q, (r, code) => r - code.Detached, code => code))),
        new Wrong("RQ06b", "residual-vector-detached", "The encoder is not committed to anything.", "Stop the codes, not the residual.")
            .Gradient("rvq_loss", Summed((z, q) => Staged([.. z.Select(Detached)], q, (r, code) => r - code, code => code))),
        new Wrong("RQ01a", "first-stage-commitment-only", "Later stages do not count.", "Add the commitment of every stage.")
            .Value("rvq_loss", Summed((z, q) => Right(z, q[..1]))),
        .. new Wrong("RQ01b", "last-residual-only", "The loss is the final error, and its gradient that of one stage.", "Add the commitment of every stage.")
            .Both("rvq_loss", Summed((z, q) => Sum(z.Length, j => Square(z[j] - Total(q, j).Detached)))),
        .. new Wrong("RQ01c", "commitment-averaged-over-stages", "The loss shrinks with every stage.", "Add the stages; do not average them.")
            .Both("rvq_loss", Summed((z, q) => Right(z, q) / q.Length)),
        .. new Wrong("VL06d", "stage-mean-over-dimensions", "The loss weakens as the codes widen.", "Sum over the dimensions.")
            .Both("rvq_loss", Summed((z, q) => Right(z, q) / z.Length)),
        .. new Wrong("RQ01d", "every-stage-against-the-vector", "Fine codes are asked to be near the whole vector.", "Compare a stage's code with its own residual.")
            .Both("rvq_loss", Summed((z, q) => Sum(q.Length, s => Sum(z.Length, j => Square(z[j] - q[s][j].Detached))))),
        .. new Wrong("EL31r", "stage-half-squared", "Every value, and the pull, is half of what it is.", "Leave out the 1/2.")
            .Both("rvq_loss", Summed((z, q) => 0.5 * Right(z, q))),
        .. new Wrong("EL10r", "stage-batch-mean-for-each", "All vectors report one and the same loss.", "Keep the batch axis out of the sum.")
            .Both("rvq_loss", Formulas.BatchMean(Summed(Right))),
    ];

    /// <summary>The codes that a sample takes, stage by stage.</summary>
    public static int[] PathOf(Grid z, Grid books, int sample)
    {
        double[] row = [.. Enumerable.Range(0, z.Columns).Select(j => z[sample, j].Value)];
        return Cascade(row, BooksOf(books), -1);
    }

    private static Traced Detached(Traced value) => value.Detached;

    private static Traced[] Each(Traced[] z, Func<int, Traced> element) => [.. z.Select((_, j) => element(j))];

    private static Traced Total(Traced[][] codes, int dimension) => Sum(codes.Length, s => codes[s][dimension]);

    private static Traced Right(Traced[] z, Traced[][] codes) => Staged(z, codes, (r, code) => r - code.Detached, Detached);

    /// <summary>Σ over the stages of ‖residual − target(code)‖², the next residual by <paramref name="next"/>.</summary>
    private static Traced Staged(Traced[] z, Traced[][] codes, Func<Traced, Traced, Traced> next, Func<Traced, Traced> target)
    {
        var residual = z;
        var terms = new List<Traced>();
        foreach (var code in codes)
        {
            terms.AddRange(residual.Select((r, j) => Square(r - target(code[j]))));
            residual = [.. residual.Select((r, j) => next(r, code[j]))];
        }

        return Sum(terms);
    }

    private static Formula Quantized(Output output) => inputs =>
    {
        var rows = Rows(inputs, (z, books) => Cascade(z, books, -1)).Select(row => output(row.Z, row.Codes)).ToArray();
        return new Dictionary<string, Grid> { ["quantized"] = Grid.Matrix(inputs["z"].Rows, inputs["z"].Columns, (n, j) => rows[n][j]) };
    };

    private static Formula Chosen(Choice choice) => inputs =>
    {
        var rows = Rows(inputs, choice);
        return new Dictionary<string, Grid>
        {
            ["quantized"] = Grid.Matrix(inputs["z"].Rows, inputs["z"].Columns, (n, j) => Total(rows[n].Codes, j)),
            ["indices"] = Grid.Whole([rows.Length, inputs["codebooks"].Rows], rows.SelectMany(r => r.Path)),
        };
    };

    private static Formula Summed(Loss loss) => inputs =>
    {
        var rows = Rows(inputs, (z, books) => Cascade(z, books, -1));
        return new Dictionary<string, Grid> { ["loss"] = inputs["z"].PerRow(n => loss(rows[n].Z, rows[n].Codes)) };
    };

    private static (Traced[] Z, int[] Path, Traced[][] Codes)[] Rows(IReadOnlyDictionary<string, Grid> inputs, Choice choice)
    {
        var (z, books) = (inputs["z"], inputs["codebooks"]);
        var width = books.Shape[2];
        var values = BooksOf(books);
        return [.. Codes.Rows(z).Select((row, n) =>
        {
            var path = choice(row, values);
            return (
                Enumerable.Range(0, width).Select(j => z[n, j]).ToArray(),
                path,
                path.Select((k, s) => Enumerable.Range(0, width).Select(j => books[s, (k * width) + j]).ToArray()).ToArray());
        })];
    }

    private static double[][][] BooksOf(Grid books) => [.. Enumerable.Range(0, books.Rows).Select(s => Enumerable.Range(0, books.Shape[1])
        .Select(k => Enumerable.Range(0, books.Shape[2]).Select(j => books[s, (k * books.Shape[2]) + j].Value).ToArray()).ToArray())];

    /// <summary>The nearest code stage by stage, the chosen code coming into the next residual with a sign.</summary>
    private static int[] Cascade(double[] z, double[][][] books, double sign, bool lastOfTies = false)
    {
        var residual = z;
        return [.. books.Select(book =>
        {
            var k = Codes.Smallest([.. book.Select(code => Codes.Squared(residual, code))], lastOfTies);
            residual = [.. residual.Zip(book[k], (r, e) => r + (sign * e))];
            return k;
        })];
    }

    private static Dictionary<string, Tensor> FirstBookOnly(Dictionary<string, Tensor> inputs)
    {
        var books = inputs["codebooks"];
        var size = books.Shape[1] * books.Shape[2];
        inputs["codebooks"] = new Tensor(books.Shape.ToArray(), [.. Enumerable.Range(0, books.Count).Select(i => books[i % size])]);
        return inputs;
    }

    /// <param name="relabel">With the axes swapped as well; else the numbers alone have moved.</param>
    private static Tensor Transposed(Tensor indices, bool relabel)
    {
        var (n, q) = (indices.Shape[0], indices.Shape[1]);
        long[] data = [.. from s in Enumerable.Range(0, q) from i in Enumerable.Range(0, n) select indices.Int64[(i * q) + s]];
        return new Tensor(relabel ? [q, n] : [n, q], data);
    }
}
