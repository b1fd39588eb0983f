using LatentConformance.Contract;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Quantizer dropout and capacity: which stages are kept, what a dropped one leaves behind, and K^Q counted wrongly.</summary>
internal static class ResidualStagesMistakes
{
    private const string Dropout = "rvq_quantize_dropout";

    public static IEnumerable<Mistake> All => [.. Draws, .. Dropped, .. Gradients, .. Capacity];

    private static IEnumerable<Mistake> Draws =>
    [
        Drawn("RQ07", "all-stages-never-kept", "The last codebook stays as it was initialised.", "Draw from one to Q, both ends in.", (u, q) => 1 + Math.Floor(u * Math.Max(q - 1, 1)), "kaiidams/soundstream-pytorch#7"),
        Drawn("RQ07a", "no-stage-kept", "Some outputs are zero.", "Keep one stage at least.", (u, q) => Math.Floor(u * q)),
        Drawn("RQ07b", "draw-rounded-to-the-nearest", "The ends come up half as often.", "Round down.", (u, q) => Math.Min(1 + Math.Round(u * q), q)),
        Drawn("RQ07c", "one-stage-too-many", "A stage is asked for that is not there.", "Multiply by Q, not by Q + 1.", (u, q) => 1 + Math.Floor(u * (q + 1))),
        Drawn("RQ07d", "draw-rounded-up", "u = 0 keeps no stage.", "Round down and add one.", (u, q) => Math.Ceiling(u * q)),
        Drawn("RQ07e", "dropped-and-not-kept", "The number of dropped stages is taken for that of the kept.", "Keep 1 + floor(u Q).", (u, q) => q - Math.Floor(u * q)),
        new Wrong("RQ07f", "one-draw-for-the-batch", "All samples of a batch keep as many stages.", "Draw for each sample.")
            .Answering("quantizer_dropout_stages", i => Wrong.One("kept", Wrong.Map(Wrong.Right("quantizer_dropout_stages", i)["kept"], _ => Wrong.Right("quantizer_dropout_stages", i)["kept"][0]))),
        new Wrong("NU15t", "uniform-of-one-answered", "A stage is asked for that is not there.", "Refuse what is not in [0, 1).")
            .Unrefused("quantizer_dropout_stages", i => Wrong.One("kept", Tensor.Of(DType.Int64, i["uniforms"].Shape.ToArray(), new double[i["uniforms"].Count]))),
    ];

    private static IEnumerable<Mistake> Dropped =>
    [
        Kept("RQ07g", "dropout-ignored", "Nothing is dropped.", "Leave out the stages that are not kept.", (_, stages) => stages),
        Kept("RQ07h", "dropout-keeps-one-more", "A dropped stage still adds its code.", "Keep stages 0 to kept - 1.", (kept, stages) => Math.Min(kept + 1, stages)),
        Kept("RQ07i", "dropout-keeps-one-fewer", "The last kept stage is never trained.", "Keep stages 0 to kept - 1.", (kept, _) => kept - 1),
        Kept("RQ07j", "dropout-counts-the-dropped", "The more stages are kept, the fewer are.", "kept is the number of stages that stay.", (kept, stages) => stages - kept),
        new Wrong("RQ07k", "dropped-stages-keep-their-index", "A decoder adds codes that were dropped.", "Mark a dropped stage with -1.")
            .Answering(Dropout, i => Wrong.One("indices", Wrong.Right("rvq_quantize", i)["indices"])),
        new Wrong("RQ07l", "dropped-stages-marked-zero", "A decoder adds code 0 for what was dropped.", "Mark a dropped stage with -1; 0 is a code.")
            .Answering(Dropout, i => Wrong.One("indices", Wrong.Map(Wrong.Right(Dropout, i)["indices"], k => Math.Max(k, 0)))),
        new Wrong("RQ07m", "dropped-stages-still-added", "Indices say dropped, and the output is the full sum.", "Leave dropped stages out of the sum.")
            .Answering(Dropout, i => Wrong.One("quantized", Wrong.Right("rvq_quantize", i)["quantized"])),
        new Wrong("RQ07n", "first-stages-dropped", "Coarse codes are missing, fine ones stay.", "Drop the last stages.")
            .Value(Dropout, Stages((s, kept, stages) => s >= stages - kept)),
        .. new Wrong("RQ07o", "dropout-scaled-up", "Outputs are too long where stages were dropped.", "Do not divide by the share of kept stages; the residual is smaller, not missing.")
            .Both(Dropout, Made((z, codes, kept, stages) => (double)stages / kept * Through(z, codes[..kept].Sum(q => q.Value)))),
        new Wrong("RQ07p", "first-sample-decides", "All samples keep as many stages as the first.", "Keep each sample's own number.")
            .Calling(Dropout, i =>
            {
                i["kept"] = Wrong.Map(i["kept"], _ => i["kept"][0]);
                return i;
            }),
        new Wrong("NU15u", "no-stage-answered", "Without a stage the output is zero.", "Refuse to keep no stage.")
            .Unrefused(Dropout, i => Wrong.One("quantized", Wrong.Map(i["z"], _ => 0))),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        Passing("RQ02k", "dropout-straight-through-at-every-stage", "The encoder's gradient is multiplied by the number of kept stages.", "One straight-through over the sum: z + sg(sum - z).", (z, codes) => Sum(codes.Select(q => Through(z, q.Value)))),
        Passing("RQ02l", "dropout-nothing-passes", "The encoder learns from the commitment only.", "Pass the gradient by z + sg(sum - z).", (_, codes) => Sum(codes).Detached),
        Passing("RQ02m", "dropout-no-stop-gradient", "The codebooks take the encoder's gradient.", "Stop the gradient in z + sg(sum - z).", (_, codes) => Sum(codes)),
        Passing("RQ02n", "dropout-codebook-gradient-too", "The decoder moves the codebooks.", "Stop the codes in z + sg(sum - z).", (z, codes) => z + Sum(codes) - z.Detached),
        new Wrong("RQ02o", "dropout-gradient-for-full-samples-only", "Samples with dropped stages teach the encoder nothing.", "Pass the whole gradient, however many stages are kept.")
            .Gradient(Dropout, Made((z, codes, kept, stages) => kept == stages ? Through(z, 0) : z.Detached)),
        new Wrong("RQ02p", "dropout-gradient-by-the-share-kept", "The encoder learns more slowly where stages were dropped.", "Pass the whole gradient, however many stages are kept.")
            .Gradient(Dropout, Made((z, codes, kept, stages) => z * ((double)kept / stages))),
    ];

    private static IEnumerable<Mistake> Capacity =>
    [
        Bits("RQ18", "logarithm-of-the-sum-of-codes", "Bit rates are far too low.", "Codes multiply over the stages: Q log2 K.", (k, q) => Math.Log2(q * k)),
        Bits("RQ18a", "number-of-codes-for-bits", "Thousands of bits a position.", "Take the logarithm: Q log2 K.", (k, q) => q * k),
        Bits("RQ18b", "capacity-in-whole-bits", "Codebooks whose size is no power of two hold more than they can.", "Do not round up; that is what an index takes.", (k, q) => q * Math.Ceiling(Math.Log2(k))),
        Bits("RQ18c", "capacity-in-nats", "Bits are too few by log 2.", "Take the logarithm to base 2.", (k, q) => q * Math.Log(k)),
        Bits("RQ18d", "capacity-of-one-stage", "More stages make no difference.", "Multiply by the number of stages.", (k, _) => Math.Log2(k)),
        Bits("RQ18e", "stages-and-codes-swapped", "More codes cost more than more stages.", "Q log2 K, not K log2 Q.", (k, q) => k * Math.Log2(q)),
        Bits("RQ18f", "codes-counted-in-64-bits", "Eight stages of 1024 codes hold nothing.", "Multiply logarithms, not sizes.", (k, q) => Math.Log2(Enumerable.Repeat((long)k, (int)q).Aggregate(1L, (all, size) => unchecked(all * size)))),
        Bits("RQ18g", "codes-counted-in-a-float", "Many stages hold infinitely much.", "Multiply logarithms, not sizes.", (k, q) => Math.Log2(Math.Pow(k, q))),
    ];

    private static Mistake Drawn(string id, string name, string symptom, string mend, Func<double, double, double> kept, string? source = null) =>
        new Wrong(id, "dropout-" + name, symptom, mend, source).Answering("quantizer_dropout_stages", i =>
            Wrong.One("kept", Tensor.Of(DType.Int64, i["uniforms"].Shape.ToArray(), [.. i["uniforms"].ToDoubles().Select(u => kept(u, i["stages"][0]))])));

    private static Mistake Kept(string id, string name, string symptom, string mend, Func<int, int, int> kept) =>
        new Wrong(id, name, symptom, mend).Value(Dropout, Stages((s, given, stages) => s < kept(given, stages)));

    private static Mistake Passing(string id, string name, string symptom, string mend, Func<Traced, Traced[], Traced> output) =>
        new Wrong(id, name, symptom, mend).Gradient(Dropout, Made((z, codes, kept, _) => output(z, codes[..kept])));

    private static Mistake Bits(string id, string name, string symptom, string mend, Func<double, double, double> bits) =>
        new Wrong(id, name, symptom, mend).Answering("rvq_capacity_bits", i =>
            Wrong.One("bits", Tensor.Scalar(bits(i["codebook_size"][0], i["stages"][0]))));

    /// <param name="isKept">Whether stage s stays, of so many to be kept and so many in all.</param>
    private static Formula Stages(Func<int, int, int, bool> isKept) => inputs =>
    {
        var (z, books) = (inputs["z"], inputs["codebooks"]);
        var outputs = Made((_, codes, kept, stages) => Sum(codes.Where((_, s) => isKept(s, kept, stages))))(inputs).ToDictionary();
        outputs["indices"] = Grid.Whole([z.Rows, books.Rows], Enumerable.Range(0, z.Rows).SelectMany(n =>
            ResidualMistakes.PathOf(z, books, n).Select((k, s) => isKept(s, (int)inputs["kept"][n].Value, books.Rows) ? k : -1)));
        return outputs;
    };

    /// <summary>Element by element, from z, the codes of all stages, the number kept and that of all.</summary>
    private static Formula Made(Func<Traced, Traced[], int, int, Traced> element) => inputs =>
    {
        var (z, books) = (inputs["z"], inputs["codebooks"]);
        int[][] paths = [.. Enumerable.Range(0, z.Rows).Select(n => ResidualMistakes.PathOf(z, books, n))];
        return new Dictionary<string, Grid>
        {
            ["quantized"] = Grid.Matrix(z.Rows, z.Columns, (n, j) => element(
                z[n, j],
                [.. paths[n].Select((k, s) => books[s, (k * z.Columns) + j])],
                (int)inputs["kept"][n].Value,
                books.Rows)),
        };
    };
}
