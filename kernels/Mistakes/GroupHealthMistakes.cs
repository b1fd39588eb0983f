using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Several codebooks reported as if they were one, or added up.</summary>
internal static class GroupHealthMistakes
{
    public static IEnumerable<Mistake> All => [.. Utilizations, .. Perplexities];

    private static IEnumerable<Mistake> Utilizations =>
    [
        Used("ME06", "codes-of-all-groups-over-one-codebook", "Utilization passes one.", "Divide the codes of a group by the size of its codebook.", (groups, size) => groups.Select(_ => groups.Sum(Distinct) / size), "lucidrains/vector-quantize-pytorch#109"),
        Used("ME06a", "groups-merged", "Groups look healthy while each uses few codes.", "Count the codes of each group alone.", (groups, size) => groups.Select(_ => groups.SelectMany(g => g).Distinct().Count() / size)),
        Used("ME06b", "share-of-all-codebooks", "No group ever reaches one.", "Divide by the size of one codebook, not of all.", (groups, size) => groups.Select(g => Distinct(g) / (size * groups.Length))),
        Used("ME06c", "first-group-for-all", "Later groups are never looked at.", "Report every group.", (groups, size) => groups.Select(_ => Distinct(groups[0]) / size)),
        Used("ME06d", "mean-over-groups-for-each", "A dead group hides behind the others.", "Report every group.", (groups, size) => groups.Select(_ => groups.Average(Distinct) / size)),
        Used("ME19g", "group-share-of-the-tokens", "Utilization falls as the set grows.", "Divide by the codes, not by the vectors.", (groups, size) => groups.Select(g => Distinct(g) / Math.Max(g.Length, 1))),
        Used("ME21g", "group-share-up-to-the-highest", "A group of which the last codes are dead looks full.", "Divide by the size of the codebook.", (groups, size) => groups.Select(g => Distinct(g) / (g.DefaultIfEmpty().Max() + 1))),
        Used("ME19h", "group-tokens-not-distinct", "Utilization passes one.", "Count each code once.", (groups, size) => groups.Select(g => g.Length / size)),
        new Wrong("ME06e", "utilization-of-each-vector", "One value a vector, and not a group.", "Count down the columns, over the vectors.")
            .Answering("utilization_groups", i => Wrong.One("fractions", Vector(i["indices"].Int64.ToArray().Chunk(i["indices"].Shape[1]).Select(row => Distinct(row) / i["codebook_size"][0])))),
    ];

    private static IEnumerable<Mistake> Perplexities =>
    [
        Mean("ME08", "perplexities-added-up", "It passes the size of a codebook.", "Average over the groups, or report each.", (each, _) => each.Sum(), "facebookresearch/fairseq#1850"),
        Mean("ME08a", "perplexity-of-the-merged-groups", "Collapsed groups look healthy together.", "Take the perplexity of each group, then the mean.", (_, counts) => Perplexity([.. Enumerable.Range(0, counts[0].Length).Select(k => counts.Sum(row => row[k]))])),
        Mean("ME08b", "perplexities-multiplied", "It passes the size of a codebook by far.", "Average over the groups.", (each, _) => each.Aggregate((a, b) => a * b)),
        Mean("ME08c", "exponential-of-the-mean-entropy", "A collapsed group weighs too much.", "Average the perplexities, not their logarithms.", (each, _) => Math.Exp(each.Average(Math.Log))),
        Mean("ME08d", "mean-weighted-by-tokens", "Idle groups hardly count.", "Every group counts the same.", (each, counts) => each.Zip(counts, (p, row) => p * row.Sum()).Sum() / counts.Sum(row => row.Sum())),
        Mean("ME08e", "worst-group-for-the-mean", "One collapsed group hides the others.", "Average over the groups.", (each, _) => each.Min()),
        Each("ME08f", "shares-of-all-tokens", "All groups report too little, and idle ones nothing.", "Divide the counts of a group by their own total.", counts => counts.Select(row => Math.Exp(Nats([.. row.Select(n => n / counts.Sum(r => r.Sum()))])))),
        Each("ME08g", "over-the-groups-axis", "One value a code, and not a group.", "Take the entropy along the codes.", counts => Enumerable.Range(0, counts[0].Length).Select(k => Perplexity([.. counts.Select(row => row[k])]))),
        Each("ME05g", "group-two-to-the-nats", "It reports 1.6 for two codes.", "Take e to the entropy in nats, or 2 to that in bits.", counts => counts.Select(row => Math.Pow(2, Math.Log(Perplexity(row))))),
        Each("ME05h", "group-entropy-for-perplexity", "One code in use reports zero.", "Take the exponential.", counts => counts.Select(row => Math.Log(Perplexity(row)))),
        Each("ME04g", "group-unused-is-nan", "NaN as soon as a code is unused.", "0 ln 0 is 0.", counts => counts.Select(row => row.Contains(0) ? double.NaN : Perplexity(row))),
        new Wrong("ME04h", "idle-group-has-a-perplexity", "A group without tokens reports one code.", "Refuse counts that are all zero.")
            .Unrefused("perplexity_groups", i => new Dictionary<string, Tensor> { ["perplexities"] = Vector(Rows(i).Select(_ => 1.0)), ["mean"] = Tensor.Scalar(1) }),
    ];

    private static Mistake Used(string id, string name, string symptom, string mend, Func<long[][], double, IEnumerable<double>> fractions, string? source = null) =>
        new Wrong(id, "utilization-" + name, symptom, mend, source).Answering("utilization_groups", i =>
        {
            var groups = i["indices"].Shape[1];
            var all = i["indices"].Int64.ToArray();
            long[][] columns = [.. Enumerable.Range(0, groups).Select(g => all.Where((_, at) => at % groups == g).ToArray())];
            return Wrong.One("fractions", Vector(fractions(columns, i["codebook_size"][0])));
        });

    private static Mistake Mean(string id, string name, string symptom, string mend, Func<double[], double[][], double> mean, string? source = null) =>
        new Wrong(id, "groups-" + name, symptom, mend, source).Answering("perplexity_groups", i =>
            Wrong.One("mean", Tensor.Scalar(mean([.. Rows(i).Select(Perplexity)], Rows(i)))));

    /// <summary>Wrong in each group, and so in the mean.</summary>
    private static Mistake Each(string id, string name, string symptom, string mend, Func<double[][], IEnumerable<double>> perplexities) =>
        new Wrong(id, "groups-" + name, symptom, mend).Answering("perplexity_groups", i =>
        {
            double[] each = [.. perplexities(Rows(i))];
            return new Dictionary<string, Tensor> { ["perplexities"] = Vector(each), ["mean"] = Tensor.Scalar(each.Average()) };
        });

    private static double[][] Rows(Given i) => LearnedCodebook.Rows(i["counts"]);

    private static double Distinct(long[] indices) => indices.Distinct().Count();

    private static double Perplexity(double[] counts) => Math.Exp(Nats([.. counts.Select(n => n / counts.Sum())]));

    private static double Nats(double[] shares) => -shares.Where(p => p > 0).Sum(p => p * Math.Log(p));

    private static Tensor Vector(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new Tensor([all.Length], all);
    }
}
