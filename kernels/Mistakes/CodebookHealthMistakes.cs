using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Counts, utilization and perplexity: over what, by what, and pooled when.</summary>
internal static class CodebookHealthMistakes
{
    public static IEnumerable<Mistake> All => [.. Counts, .. Utilizations, .. Perplexities, .. Epochs];

    private static IEnumerable<Mistake> Counts =>
    [
        new Wrong("EM16", "counted-in-half", "Counts stop at 2048.", "Count in whole numbers.")
            .Changing("usage_counts", "counts", n => Math.Min(n, 2048)),
        new Wrong("RV13", "repeated-index-counted-once", "Busy codes look dead.", "Scatter with accumulation.", "MHVali/Noise-Substitution-in-Vector-Quantization#2")
            .Changing("usage_counts", "counts", n => Math.Min(n, 1)),
        new Wrong("ME21", "histogram-ends-early", "The shape follows the batch.", "Give the histogram the length of the codebook.")
            .Answering("usage_counts", i => Wrong.One("counts", new Tensor([Highest(i) + 1], Histogram(i["indices"], Highest(i) + 1)))),
        new Wrong("ME21a", "usage-counted-from-one", "Every count is under the next code.", "Count codes from zero.")
            .Answering("usage_counts", i => Wrong.One("counts", Rolled(Wrong.Right("usage_counts", i)["counts"]))),
    ];

    private static IEnumerable<Mistake> Utilizations =>
    [
        Share("ME19", "share-of-the-tokens", "Utilization falls as the set grows.", "Divide by the codes, not by the indices.", (used, size, i) => used / Math.Max(i["indices"].Count, 1)),
        Share("ME21b", "share-up-to-the-highest", "A codebook of which the last codes are dead looks full.", "Divide by the size of the codebook.", (used, size, i) => used / (Highest(i) + 1)),
        Share("ME19a", "not-distinct", "Utilization passes one.", "Count each code once.", (used, size, i) => i["indices"].Count / size),
        Share("ME19b", "unused-share", "A healthy codebook reports zero.", "Report the used, not the unused.", (used, size, i) => 1 - (used / size)),
        Share("ME19c", "whole-number-division", "Zero unless every code is used.", "Divide as floating numbers.", (used, size, i) => Math.Floor(used / size)),
        Share("ME19d", "percent", "Utilization is a hundred times what it is.", "Report a fraction.", (used, size, i) => 100 * used / size),
    ];

    private static IEnumerable<Mistake> Perplexities =>
    [
        Of("ME02", "epsilon-in-the-logarithm", "It never reaches the size of the codebook.", "Leave out codes that were not used; add nothing.", p => Math.Exp(-p.Sum(q => q * Math.Log(q + 1e-5)))),
        Of("ME03", "clamped-probabilities", "Rare codes count too often, and it is capped at 100000.", "Leave out codes that were not used; clamp nothing.", p => Math.Exp(-p.Sum(q => Math.Max(q, 1e-5) * Math.Log(Math.Max(q, 1e-5))))),
        Of("ME04", "unused-is-nan", "NaN as soon as a code is unused.", "0 ln 0 is 0.", p => Math.Exp(-p.Sum(q => q * Math.Log(q)))),
        Of("ME05", "two-to-the-nats", "It reports 1.6 for two codes.", "Take e to the entropy in nats, or 2 to that in bits.", p => Math.Pow(2, Nats(p))),
        Of("ME05a", "e-to-the-bits", "It passes the size of the codebook.", "Take e to the entropy in nats, or 2 to that in bits.", p => Math.Exp(Nats(p) / Math.Log(2))),
        Of("ME05b", "entropy-for-perplexity", "One code in use reports zero.", "Take the exponential.", Nats),
        Of("ME05c", "entropy-negated", "It is below one.", "Turn the sign of the sum.", p => Math.Exp(-Nats(p))),
        Of("ME05d", "inverse-of-squares", "It falls too fast where counts are unlike.", "Take the exponential of the entropy; the sum of squares is another index.", p => 1 / p.Sum(q => q * q)),
        Of("ME05e", "share-of-the-codebook", "It never passes one.", "Do not divide by the size of the codebook.", p => Math.Exp(Nats(p)) / p.Length),
        Of("ME25", "soft-assignments", "It looks healthy while few codes are used.", "Take the shares of hard assignments.", p => Math.Exp(Nats([.. p.Select(q => Math.Exp(q) / p.Sum(Math.Exp))]))),
        new Wrong("ME04a", "number-of-used-codes", "Codes that are hardly used count in full.", "Weigh codes by their shares.")
            .Answering("perplexity", i => Wrong.One("perplexity", Tensor.Scalar(i["counts"].ToDoubles().Count(n => n > 0)))),
        new Wrong("ME04b", "nothing-has-a-perplexity", "An epoch without tokens reports one code.", "Refuse counts that are all zero.")
            .Unrefused("perplexity", _ => Wrong.One("perplexity", Tensor.Scalar(1))),
    ];

    private static IEnumerable<Mistake> Epochs =>
    [
        Epoch("ME01", "mean-of-batch-perplexities", "Batches of unlike codes look collapsed.", "Pool the counts, then take the perplexity.", "perplexity", (batches, size) => batches.Average(b => Math.Exp(Nats(Shares(b, size)))), "bshall/VectorQuantizedVAE#3"),
        Epoch("ME01a", "perplexity-of-the-last-batch", "It jumps from batch to batch.", "Pool the counts of all batches.", "perplexity", (batches, size) => Math.Exp(Nats(Shares(batches[^1], size)))),
        Epoch("ME20", "mean-of-batch-utilizations", "Utilization is under-reported.", "Pool the counts, then take the share.", "fraction", (batches, size) => batches.Average(b => b.Distinct().Count() / (double)size), "bshall/VectorQuantizedVAE#3"),
        Epoch("ME20a", "utilization-of-the-best-batch", "Codes that take turns are missed.", "Pool the counts of all batches.", "fraction", (batches, size) => batches.Max(b => b.Distinct().Count() / (double)size)),
        Epoch("ME20b", "utilizations-added", "Utilization passes one.", "Count each code once an epoch.", "fraction", (batches, size) => batches.Sum(b => b.Distinct().Count() / (double)size)),
    ];

    private static Mistake Share(string id, string name, string symptom, string mend, Func<double, double, Given, double> share) =>
        new Wrong(id, "utilization-" + name, symptom, mend).Answering("utilization", i => Wrong.One("fraction", Tensor.Scalar(
            share(i["indices"].Int64.ToArray().Distinct().Count(), i["codebook_size"][0], i))));

    private static Mistake Of(string id, string name, string symptom, string mend, Func<double[], double> perplexity) =>
        new Wrong(id, "perplexity-" + name, symptom, mend).Answering("perplexity", i => Wrong.One("perplexity", Tensor.Scalar(
            perplexity([.. i["counts"].ToDoubles().Select(n => n / i["counts"].ToDoubles().Sum())]))));

    private static Mistake Epoch(string id, string name, string symptom, string mend, string output, Func<long[][], long, double> value, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering("epoch_usage", i => Wrong.One(output, Tensor.Scalar(
            value([.. i["indices"].Int64.ToArray().Chunk(i["indices"].Shape[1])], i["codebook_size"].Int64[0]))));

    private static double Nats(double[] shares) => -shares.Where(p => p > 0).Sum(p => p * Math.Log(p));

    private static double[] Shares(long[] indices, long size) =>
        [.. Enumerable.Range(0, (int)size).Select(k => indices.Count(n => n == k) / (double)indices.Length)];

    private static int Highest(Given i) => i["indices"].Count == 0 ? 0 : (int)i["indices"].ToDoubles().Max();

    private static long[] Histogram(Tensor indices, int size) =>
        [.. Enumerable.Range(0, size).Select(k => (long)indices.ToDoubles().Count(n => n == k))];

    private static Tensor Rolled(Tensor counts) => new(counts.Shape.ToArray(), [.. Enumerable.Range(0, counts.Count).Select(k => counts.Int64[(k + counts.Count - 1) % counts.Count])]);
}
