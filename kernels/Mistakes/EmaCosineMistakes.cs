using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Learning on the sphere: which lengths are taken out, and what becomes of a code that nothing was assigned to.</summary>
internal static class EmaCosineMistakes
{
    private const string Update = "ema_update_cosine";

    private sealed record Recipe
    {
        public Func<double[], double, double[]> Vector { get; init; } = Unit;

        /// <summary>The target of a code from its vectors.</summary>
        public Func<double[][], double, double[]> Target { get; init; } = (rows, epsilon) => Unit(Mean(rows), epsilon);

        public Func<double, double, double, double> Blend { get; init; } = (old, fresh, decay) => (decay * old) + ((1 - decay) * fresh);

        public Func<double[], double, double[]> Returned { get; init; } = Unit;

        /// <summary>A code without vectors, from its blend with nothing.</summary>
        public Func<double[], double, double[]> Unused { get; init; } = (code, _) => code;

        public Tensor Apply(Given i, double[][] codes, IEnumerable<(long Code, double[] Row)> batch)
        {
            var (decay, epsilon) = (i["decay"][0], i["epsilon"][0]);
            var members = batch.ToLookup(b => b.Code, b => Vector(b.Row, epsilon));
            return LearnedCodebook.Matrix(i["codebook"], codes.Select((code, k) => members.Contains(k)
                ? Returned([.. code.Zip(Target([.. members[k]], epsilon), (old, fresh) => Blend(old, fresh, decay))], epsilon)
                : Unused(code, decay)));
        }
    }

    public static IEnumerable<Mistake> All =>
    [
        One("EM17", "cosine-ema-of-raw-sums", "Busy codes jump.", "Average towards the direction of the mean, not to the sum.", new() { Target = (rows, _) => Sum(rows) }, "lucidrains/vector-quantize-pytorch#48"),
        One("EM17a", "cosine-ema-zero-bins", "Codes out of use become NaN.", "Leave a code without vectors as it is.", new() { Unused = (code, _) => [.. code.Select(_ => double.NaN)] }, "lucidrains/vector-quantize-pytorch#48"),
        One("EM17h", "cosine-ema-not-renormalised", "Codes shrink into the sphere.", "Bring codes back to length one after the average.", new() { Returned = (code, _) => code }, "lucidrains/vector-quantize-pytorch#48"),
        One("EM17i", "cosine-ema-of-raw-vectors", "Long vectors pull harder.", "Normalise the vectors before they are averaged.", new() { Vector = (row, _) => row }),
        One("EM17d", "cosine-ema-of-raw-means", "Codes whose vectors disagree hardly move.", "Bring the mean to length one before it is averaged in.", new() { Target = (rows, _) => Mean(rows) }),
        One("EM17e", "cosine-ema-unused-fade", "Codes out of use shrink to the origin.", "Leave a code without vectors as it is.", new() { Unused = (code, decay) => [.. code.Select(e => decay * e)] }),
        One("EM17f", "cosine-ema-not-guarded", "A vector of zeros makes its code NaN.", "Divide by the length or epsilon, whichever is larger.", new() { Vector = (row, _) => Unit(row, 0), Target = (rows, _) => Unit(Mean(rows), 0) }),
        One("EM17g", "cosine-ema-by-sum-of-magnitudes", "Codes lie on a diamond.", "Divide by the Euclidean length.", new() { Returned = (code, _) => [.. code.Select(e => e / code.Sum(Math.Abs))] }),
        One("EM09e", "cosine-ema-decay-swapped", "The codebook jumps to each batch.", "Weigh what was by the decay, what is new by one minus it.", new() { Blend = (old, fresh, decay) => ((1 - decay) * old) + (decay * fresh) }),
        One("EM09f", "cosine-ema-replaced", "The codebook forgets all but the last batch.", "Average with what was.", new() { Blend = (_, fresh, _) => fresh }),
        One("EM10e", "cosine-ema-repeated-index-once", "Of several vectors on one code only the last counts.", "Scatter with accumulation.", new() { Target = (rows, epsilon) => Unit(rows[^1], epsilon) }),
        One("EM14c", "cosine-ema-update-lost", "Nothing is learned.", "Store what was computed.", new() { Blend = (old, _, _) => old }),
        new Wrong("EM22b", "cosine-ema-decayed-once-a-row", "The horizon is shorter by the size of the batch.", "Let a batch move a code once.")
            .Answering(Update, i => Wrong.One("new_codebook", Batch(i).Aggregate(i["codebook"], (codes, row) => new Recipe().Apply(i, LearnedCodebook.Rows(codes), [row])))),
    ];

    private static Mistake One(string id, string name, string symptom, string mend, Recipe recipe, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering(Update, i => Wrong.One("new_codebook", recipe.Apply(i, LearnedCodebook.Rows(i["codebook"]), Batch(i))));

    private static IEnumerable<(long Code, double[] Row)> Batch(Given i) => i["indices"].Int64.ToArray().Zip(LearnedCodebook.Rows(i["z"]));

    private static double[] Sum(double[][] rows) => [.. rows[0].Select((_, j) => rows.Sum(r => r[j]))];

    private static double[] Mean(double[][] rows) => [.. rows[0].Select((_, j) => rows.Average(r => r[j]))];

    private static double[] Unit(double[] vector, double epsilon) => [.. vector.Select(v => v / Math.Max(Math.Sqrt(Codes.Dot(vector, vector)), epsilon))];
}
