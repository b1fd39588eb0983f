using LatentConformance.Contract;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Lookup, estimator, loss and padding joined: which rows count, for what, and what is left of it in evaluation.</summary>
internal static class QuantizerLayerMistakes
{
    private const string Layer = "vq_layer";

    private sealed record Recipe
    {
        /// <summary>Whether a row has a part in the loss, by its mask.</summary>
        public Func<double, bool> Counts { get; init; } = mask => mask == 1;

        /// <summary>What the sum over the counting rows is divided by: of their number, of all rows, of the width.</summary>
        public Func<int, int, int, double> Divisor { get; init; } = (rows, _, width) => (double)rows * width;

        /// <summary>The loss of one element, of z, e and beta.</summary>
        public Func<Traced, Traced, Traced, Traced> Loss { get; init; } = Joined;

        public Func<Traced, Traced, Traced> Pass { get; init; } = (z, e) => Through(z, e.Value);

        public Func<Traced, Traced, Traced> Padding { get; init; } = (z, _) => z;

        public int? PaddingIndex { get; init; } = -1;

        public bool PaysInEvaluation { get; init; }

        public bool QuantizesInEvaluation { get; init; } = true;

        public Codes.Score Score { get; init; } = Codes.Squared;

        public Dictionary<string, Grid> Answer(Grids i)
        {
            var (z, codebook) = (i["z"], i["codebook"]);
            var training = i["training"][0].Value == 1;
            var nearest = Codes.Nearest(z, codebook, Score);
            bool IsReal(int n) => i["mask"][n].Value == 1;
            int[] counted = [.. Enumerable.Range(0, z.Rows).Where(n => Counts(i["mask"][n].Value))];
            Traced Mean() => Sum(from n in counted from j in Enumerable.Range(0, z.Columns) select Loss(z[n, j], codebook[nearest[n], j], i["beta"][0]))
                / Divisor(counted.Length, z.Rows, z.Columns);
            return new Dictionary<string, Grid>
            {
                ["quantized"] = Grid.Matrix(z.Rows, z.Columns, (n, j) =>
                    !training && !QuantizesInEvaluation ? z[n, j] : (IsReal(n) ? Pass : Padding)(z[n, j], codebook[nearest[n], j])),
                ["indices"] = Grid.Whole([z.Rows], nearest.Select((k, n) => IsReal(n) ? k : PaddingIndex ?? k)),
                ["loss"] = Grid.Each([], _ => training || (PaysInEvaluation && counted.Length > 0) ? Mean() : 0),
            };
        }
    }

    public static IEnumerable<Mistake> All => [.. Rows, .. Losses, .. Estimators];

    private static IEnumerable<Mistake> Rows =>
    [
        .. Both("VL13", "padding-in-the-loss", "The loss depends on the padding.", "Take the mean over the rows that are no padding.", new() { Counts = _ => true }, "lucidrains/vector-quantize-pytorch#62"),
        .. Both("VL13a", "padding-in-the-divisor", "The loss shrinks as the padding grows.", "Divide by the number of rows that are no padding.", new() { Divisor = (_, rows, width) => (double)rows * width }, "lucidrains/vector-quantize-pytorch@8e847d1"),
        .. Both("VL13b", "loss-of-the-padding", "Only the padding is learned from.", "A mask of one is a row that counts.", new() { Counts = mask => mask == 0, Divisor = (n, _, width) => Math.Max(n, 1) * (double)width }),
        Value("VL13c", "padding-zeroed", "What comes after the quantizer no longer sees what was there.", "Let padding pass as it is.", new() { Padding = (_, _) => 0 }),
        Value("VL13d", "padding-quantized", "Padding becomes codes.", "Let padding pass as it is.", new() { Padding = (_, e) => e.Detached }),
        Value("VL13e", "padding-indexed", "Padding counts as a use of its nearest code.", "Give padding the index -1.", new() { PaddingIndex = null }),
        Value("VL13f", "padding-is-code-zero", "Code 0 seems the most popular.", "Give padding the index -1.", new() { PaddingIndex = 0 }),
        .. Both("VL11a", "train-loss-in-evaluation", "Evaluation reports another loss than that of the task.", "Return a zero unless training.", new() { PaysInEvaluation = true }),
        new Wrong("VL11", "loss-of-another-shape-in-evaluation", "Stages that are stacked fail, or broadcast, in evaluation.", "Return a zero of the shape that training has.", "lucidrains/vector-quantize-pytorch@826c620")
            .Answering(Layer, i => i["training"][0] == 1 ? Wrong.Right(Layer, i) : Wrong.One("loss", new Tensor([2, 1], new double[2]))),
        new Wrong("VL11b", "no-loss-in-evaluation", "Evaluation's loss is NaN.", "Return a zero unless training.")
            .Answering(Layer, i => i["training"][0] == 1 ? Wrong.Right(Layer, i) : Wrong.One("loss", Tensor.Scalar(double.NaN))),
        Value("VL11c", "not-quantized-in-evaluation", "Evaluation is suspiciously good.", "Quantize in evaluation too.", new() { QuantizesInEvaluation = false }),
    ];

    private static IEnumerable<Mistake> Losses =>
    [
        .. Both("VL06b", "layer-sum-over-dimensions", "The loss grows with the width.", "Take the mean over every element.", new() { Divisor = (rows, _, _) => rows }),
        .. Both("VL06c", "layer-sum", "The loss grows with the batch.", "Take the mean over every element.", new() { Divisor = (_, _, _) => 1 }),
        .. Both("VL08h", "layer-beta-hard-coded", "Changing beta changes nothing.", "Use the beta that is given, not a quarter.", new() { Loss = (z, e, _) => Joined(z, e, 0.25) }),
        .. Both("VL08i", "layer-commitment-absent", "Encoder outputs wander off.", "Add beta times the commitment term.", new() { Loss = (z, e, _) => Square(e - z.Detached) }),
        .. Both("VL08j", "layer-codebook-term-absent", "Codes do not follow the encoder.", "Add the codebook term.", new() { Loss = (z, e, beta) => beta * Square(z - e.Detached) }),
        .. Both("VL08k", "layer-beta-on-both-terms", "beta is a learning rate.", "Weigh the commitment term alone.", new() { Loss = (z, e, beta) => beta * Joined(z, e, 1) }),
        Gradient("VL02a", "layer-losses-past-the-straight-through", "The codebook stays where it was initialised.", "Compute both terms before z + sg(q - z).", new() { Loss = (z, e, beta) => Joined(z, Through(z, e.Value), beta) + (z - e).Detached }),
        Gradient("VL05h", "layer-encoder-detached", "The encoder's outputs grow without bound.", "Stop the codes, not the encoder, in the commitment term.", new() { Loss = (z, e, beta) => (1 + beta) * Square(e - z.Detached) }),
        Gradient("VL05i", "layer-codes-detached", "The codebook never moves.", "Stop the encoder, not the codes, in the codebook term.", new() { Loss = (z, e, beta) => (1 + beta) * Square(z - e.Detached) }),
        Gradient("VL05j", "layer-nothing-detached", "Both sides are pulled with 1 + beta.", "Stop one side in each term.", new() { Loss = (z, e, beta) => (1 + beta) * Square(z - e) }),
        Value("VA07j", "layer-farthest-code", "The farthest code is chosen.", "Take the minimum of distances.", new() { Score = (z, e) => -Codes.Squared(z, e) }, "lucidrains/vector-quantize-pytorch#108"),
        Value("VA04e", "layer-norm-forgotten", "Long codes win always.", "Keep the squared norm of the code in the score.", new() { Score = (z, e) => -Codes.Dot(z, e) }, "lucidrains/vector-quantize-pytorch#120"),
    ];

    private static IEnumerable<Mistake> Estimators =>
    [
        Gradient("ST01e", "layer-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(q - z).", new() { Pass = (_, e) => e.Detached }),
        Gradient("ST03e", "layer-no-stop-gradient", "The codebook takes the encoder's gradient.", "Stop the gradient in z + sg(q - z).", new() { Pass = (z, e) => z + (e - z) }),
        Gradient("ST05h", "layer-padding-stopped", "What lies before the padding gets no gradient.", "Padding passes as it is, and so does its gradient.", new() { Padding = (z, _) => z.Detached }),
        Gradient("ST05f", "layer-codebook-gradient-too", "The decoder moves the codebook.", "Give the codebook nothing through the output: it learns from its own loss.", new() { Pass = (z, e) => z + e - z.Detached }),
    ];

    private static Traced Joined(Traced z, Traced e, Traced beta) => Square(e - z.Detached) + (beta * Square(z - e.Detached));

    private static Mistake[] Both(string id, string name, string symptom, string mend, Recipe recipe, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Both(Layer, recipe.Answer);

    private static Mistake Value(string id, string name, string symptom, string mend, Recipe recipe, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Value(Layer, recipe.Answer);

    private static Mistake Gradient(string id, string name, string symptom, string mend, Recipe recipe) =>
        new Wrong(id, name, symptom, mend).Gradient(Layer, recipe.Answer);
}
