using LatentConformance.Contract;
using static LatentConformance.Mistakes.Vectors;

namespace LatentConformance.Mistakes;

/// <summary>Codes by direction: lengths that are left in, or never guarded, and the way back through the normalisation.</summary>
internal static class CosineMistakes
{
    private const string Assign = "vq_assign_cosine";
    private const string Quantize = "vq_quantize_cosine";

    /// <summary>What all rows of a matrix are divided by, and by which guard.</summary>
    private delegate Grid Directions(Grid vectors, double epsilon);

    private sealed record Recipe
    {
        public Directions OfVectors { get; init; } = Rowwise(Unit);

        public Directions OfCodes { get; init; } = Rowwise(Unit);

        public Codes.Score Score { get; init; } = (z, e) => -Codes.Dot(z, e);

        public bool LastOfTies { get; init; }

        /// <summary>The output of one row from z, ẑ, e and ê.</summary>
        public Func<Traced[], Traced[], Traced[], Traced[], Traced[]> Output { get; init; } = (_, from, _, to) => Through(from, to);

        public int[] Indices(Grids i) => Codes.Nearest(OfVectors(i["z"], i["epsilon"][0].Value), OfCodes(i["codebook"], i["epsilon"][0].Value), Score, LastOfTies);

        public Dictionary<string, Grid> Quantized(Grids i)
        {
            var (epsilon, indices) = (i["epsilon"][0].Value, Indices(i));
            var (vectors, codes) = (OfVectors(i["z"], epsilon), OfCodes(i["codebook"], epsilon));
            return new Dictionary<string, Grid>
            {
                ["indices"] = Grid.Whole([indices.Length], indices),
                ["quantized"] = FromRows(i["z"], n => Output(Row(i["z"], n), Row(vectors, n), Row(i["codebook"], indices[n]), Row(codes, indices[n]))),
            };
        }
    }

    public static IEnumerable<Mistake> All => [.. Assignments, .. Values, .. Gradients];

    private static IEnumerable<Mistake> Assignments =>
    [
        Assigned("VA14", "cosine-codes-not-normalised", "Long codes win.", "Normalise the codes as well as the vectors.", new() { OfCodes = (e, _) => e }, "lucidrains/vector-quantize-pytorch#197"),
        Assigned("VA14b", "euclidean-for-cosine", "Vectors take codes of their own length.", "Compare directions.", new() { OfVectors = (z, _) => z, OfCodes = (e, _) => e, Score = Codes.Squared }),
        Assigned("VA14c", "cosine-by-squared-length", "Short codes win.", "Divide by the length, not by its square.", new() { OfCodes = Rowwise((v, _) => Times(1 / Inner(v, v), v)) }),
        Assigned("VA14d", "cosine-by-sum-of-magnitudes", "Codes along an axis win.", "Divide by the Euclidean length.", new() { OfCodes = Rowwise((v, _) => Times(1 / Traced.Sum(v.Select(Traced.Abs)), v)) }),
        Assigned("VA14e", "cosine-over-the-rows", "What a vector takes hangs on the others.", "Normalise each vector by itself.", new() { OfVectors = Columnwise, OfCodes = Columnwise }),
        Assigned("VA14f", "cosine-magnitude", "The opposite direction fits just as well.", "Take the largest cosine, not the largest magnitude of one.", new() { Score = (z, e) => -Math.Abs(Codes.Dot(z, e)) }),
        Assigned("VA07e", "cosine-least-alike", "The opposite code is chosen.", "Take the largest cosine: it is no distance.", new() { Score = Codes.Dot }, "lucidrains/vector-quantize-pytorch#108"),
        Assigned("VA07f", "cosine-ties-to-the-last", "Of equal codes the higher index wins.", "Compare with >, not with >=.", new() { LastOfTies = true }),
        new Wrong("VA23c", "cosine-counted-from-one", "Every index is one too high.", "Count codes from zero.")
            .Changing(Assign, "indices", k => k + 1),
        new Wrong("VA23d", "cosine-index-in-a-byte", "Codes alias modulo 256.", "Store indices in a type that counts all codes.")
            .Changing(Assign, "indices", k => k % 256),
        new Wrong("VA08a", "cosine-over-the-vectors", "One index a code instead of one a vector.", "Take the maximum over the codes.")
            .Value(Assign, Formulas.Gives("indices", i => i["z"].Rows == 0
                ? Grid.Whole([i["codebook"].Rows], Enumerable.Repeat(0, i["codebook"].Rows))
                : Grid.Whole([i["codebook"].Rows], new Recipe().Indices(new Dictionary<string, Grid>(i) { ["z"] = i["codebook"], ["codebook"] = i["z"] })))),
        Assigned("VA16c", "cosine-choice-not-guarded", "A code of zeros is NaN and takes everything.", "Divide by the length or epsilon, whichever is larger.", new() { OfVectors = Rowwise((v, _) => Unit(v)), OfCodes = Rowwise((v, _) => Unit(v)) }, "huggingface/diffusers#13316"),
    ];

    private static IEnumerable<Mistake> Values =>
    [
        .. new Wrong("VA16", "cosine-not-guarded", "A vector of zeros is NaN.", "Divide by the length or epsilon, whichever is larger.", "huggingface/diffusers#13316")
            .Both(Quantize, new Recipe { OfVectors = Rowwise((v, _) => Unit(v)), OfCodes = Rowwise((v, _) => Unit(v)) }.Quantized),
        .. new Wrong("VA16a", "epsilon-added-to-the-length", "Short vectors and codes are shorter than one.", "Take the larger of length and epsilon, not their sum.")
            .Both(Quantize, new Recipe { OfVectors = Rowwise(Lengthened), OfCodes = Rowwise(Lengthened) }.Quantized),
        Value("VA14g", "quantize-codes-not-normalised", "Long codes win, at their own length.", "Normalise the codes as well as the vectors.", new() { OfCodes = (e, _) => e }, "lucidrains/vector-quantize-pytorch#197"),
        Value("VA14h", "code-at-its-own-length", "What the decoder sees is not on the sphere.", "Return the direction that the choice was made by.", new() { Output = (_, _, code, _) => code }),
        Value("VA14i", "code-at-the-vectors-length", "The length of z slips past the quantizer.", "Return the direction, of length one.", new() { Output = (z, _, _, to) => Times(Norm(z), to) }),
        Value("VA07i", "quantize-least-alike", "The opposite code is chosen.", "Take the largest cosine: it is no distance.", new() { Score = Codes.Dot }, "lucidrains/vector-quantize-pytorch#108"),
        Value("VA18b", "cosine-quantizer-bypassed", "The reconstruction is suspiciously good.", "Return the code's direction, not the vector's.", new() { Output = (_, from, _, _) => from }),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        Gradient("VA14j", "past-the-normalisation", "The gradient pulls at the length, which nothing depends on.", "Pass it to the direction and on through the normalisation.", (z, _, _, to) => Through(z, to)),
        Gradient("VA14k", "length-held-constant", "The gradient pulls at the length, which nothing depends on.", "Differentiate the length too.", (z, _, _, to) => Through(Times(1 / Norm(z).Detached, z), to)),
        Gradient("VA14l", "not-divided-by-the-length", "Long vectors turn too fast.", "Divide the gradient by the length.", (z, from, _, to) => Through(Times(Norm(z).Detached, from), to)),
        Gradient("ST01c", "cosine-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by sg(code - direction) + direction.", (_, _, _, to) => Stopped(to)),
        Gradient("ST03c", "cosine-no-stop-gradient", "The codebook takes the encoder's gradient.", "Stop the gradient of the difference.", (_, from, _, to) => Plus(from, Plus(to, Times(-1, from)))),
        Gradient("ST05d", "cosine-codebook-gradient-too", "The decoder moves the codebook.", "Give the codebook nothing: it learns from its own loss.", (_, from, _, to) => Plus(Through(from, to), Plus(to, Times(-1, Stopped(to))))),
        Gradient("ST03d", "cosine-gradient-sign", "Training moves away from the data.", "Add the stopped difference to the direction.", (_, from, _, to) => Through(Times(-1, from), to)),
    ];

    private static Traced[] Through(Traced[] from, Traced[] to) => Plus(from, Stopped(Plus(to, Times(-1, from))));

    private static Traced[] Lengthened(Traced[] vector, double epsilon) =>
        Norm(vector) is { Value: > 0 } norm ? Times(1 / (norm + epsilon), vector) : Times(1 / epsilon, vector);

    private static Directions Rowwise(Func<Traced[], double, Traced[]> unit) => (grid, epsilon) => FromRows(grid, i => unit(Row(grid, i), epsilon));

    private static Grid Columnwise(Grid grid, double epsilon)
    {
        Traced[][] columns = [.. Enumerable.Range(0, grid.Columns).Select(j => Unit([.. Enumerable.Range(0, grid.Rows).Select(i => grid[i, j])], epsilon))];
        return Grid.Matrix(grid.Rows, grid.Columns, (i, j) => columns[j][i]);
    }

    private static Mistake Assigned(string id, string name, string symptom, string mend, Recipe recipe, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Value(Assign, Formulas.Gives("indices", i => Grid.Whole([i["z"].Rows], recipe.Indices(i))));

    private static Mistake Value(string id, string name, string symptom, string mend, Recipe recipe, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Value(Quantize, recipe.Quantized);

    private static Mistake Gradient(string id, string name, string symptom, string mend, Func<Traced[], Traced[], Traced[], Traced[], Traced[]> output) =>
        new Wrong(id, name, symptom, mend).Gradient(Quantize, new Recipe { Output = output }.Quantized);
}
