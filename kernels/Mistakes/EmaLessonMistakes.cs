using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Codes set to means of their vectors: the lesson's average of batch means, and the k-means step.</summary>
internal static class EmaLessonMistakes
{
    /// <summary>A code's new value from its old one, the values of its vectors in one dimension, and the decay.</summary>
    private delegate double Rule(double old, double[] members, double decay);

    public static IEnumerable<Mistake> All => [.. Lesson, .. Kmeans];

    private static IEnumerable<Mistake> Lesson =>
    [
        Moved("EM09b", "lesson-decay-swapped", "The codebook jumps to each batch.", "Weigh the code by the decay, the mean by one minus it.", (e, x, g) => x.Length == 0 ? e : ((1 - g) * e) + (g * x.Average())),
        Moved("EM09c", "lesson-mean-not-weighted", "Codes grow from step to step.", "Weigh the mean by one minus the decay.", (e, x, g) => x.Length == 0 ? e : (g * e) + x.Average()),
        Moved("EM09d", "lesson-not-averaged", "The codebook forgets all batches but the last.", "Keep the decay's share of the code.", (e, x, _) => x.Length == 0 ? e : x.Average()),
        Moved("EM10b", "lesson-sum-for-mean", "Busy codes run away.", "Divide by the number of vectors.", (e, x, g) => x.Length == 0 ? e : (g * e) + ((1 - g) * x.Sum())),
        Moved("EM10c", "lesson-last-vector-wins", "Of several vectors on one code only the last moves it.", "Take the mean of all of them.", (e, x, g) => x.Length == 0 ? e : (g * e) + ((1 - g) * x[^1])),
        Moved("EM17b", "lesson-unused-decays", "Unused codes drift to the origin.", "Leave a code without vectors as it is.", (e, x, g) => (g * e) + ((1 - g) * x.Sum() / Math.Max(x.Length, 1)), "lucidrains/vector-quantize-pytorch#48"),
        Moved("EM17c", "lesson-unused-is-nan", "An unused code is NaN.", "Leave a code without vectors as it is; the mean of nothing is no number.", (e, x, g) => (g * e) + ((1 - g) * (x.Sum() / x.Length))),
        Moved("EM22a", "lesson-decayed-once-a-row", "Busy codes forget faster.", "Average the batch first, then decay once.", (e, x, g) => x.Aggregate(e, (old, v) => (g * old) + ((1 - g) * v))),
        Moved("EM14b", "lesson-update-lost", "Codes never move.", "Store the result.", (e, _, _) => e),
        Moved("EM10d", "lesson-code-in-the-mean", "Codes move too little.", "Leave the code itself out of the mean.", (e, x, g) => x.Length == 0 ? e : (g * e) + ((1 - g) * (x.Sum() + e) / (x.Length + 1))),
        new Wrong("EM11a", "lesson-mean-over-the-batch", "Codes shrink the rarer they are.", "Divide by the vectors of the code, not of the batch.")
            .Answering("ema_update_lesson", i => Wrong.One("new_codebook", Each(i["codebook"], i["z"], i["indices"], (e, x) =>
                x.Length == 0 ? e : (i["decay"][0] * e) + ((1 - i["decay"][0]) * x.Sum() / i["z"].Shape[0])))),
        new Wrong("NU15j", "decay-unchecked", "A decay above one makes codes explode in silence.", "Refuse a decay that is not in [0, 1].")
            .Unrefused("ema_update_lesson", i => Wrong.One("new_codebook", i["codebook"])),
    ];

    private static IEnumerable<Mistake> Kmeans =>
    [
        Centred("VA27", "empty-cluster-at-the-origin", "Centres without points land on the origin.", "Keep the centre of an empty cluster.", (c, x) => x.Length == 0 ? 0 : x.Average()),
        Centred("VA27a", "empty-cluster-is-nan", "Centres without points are NaN.", "Keep the centre of an empty cluster.", (c, x) => x.Length == 0 ? double.NaN : x.Average()),
        Centred("VA27b", "cluster-summed", "Centres run away.", "Divide by the number of points.", (c, x) => x.Length == 0 ? c : x.Sum()),
        Centred("VA27c", "centre-in-its-mean", "Centres move too little.", "Leave the old centre out of the mean.", (c, x) => (x.Sum() + c) / (x.Length + 1)),
        Centred("VA27d", "median-for-mean", "Outliers do not count.", "Take the mean of the points.", (c, x) => x.Length == 0 ? c : x.Order().ElementAt((x.Length - 1) / 2)),
        Centred("VA27e", "centres-not-moved", "The clustering never changes.", "Return the new centres.", (c, _) => c),
        new Wrong("VA27f", "cluster-over-all-points", "Centres shrink the smaller their cluster.", "Divide by the points of the cluster, not by all.")
            .Answering("kmeans_step", i => Means(i, (c, x) => x.Length == 0 ? c : x.Sum() / i["data"].Shape[0])),
        new Wrong("VA27g", "assigned-to-the-new-centres", "Indices and centres do not belong together.", "Assign by the centres that came in.")
            .Answering("kmeans_step", i => Wrong.One("indices", Wrong.Right("vq_assign", new Dictionary<string, Tensor>
            {
                ["z"] = i["data"],
                ["codebook"] = Wrong.Right("kmeans_step", i)["new_centroids"],
            })["indices"])),
    ];

    private static Mistake Moved(string id, string name, string symptom, string mend, Rule rule, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Answering("ema_update_lesson", i =>
            Wrong.One("new_codebook", Each(i["codebook"], i["z"], i["indices"], (e, x) => rule(e, x, i["decay"][0]))));

    private static Mistake Centred(string id, string name, string symptom, string mend, Func<double, double[], double> rule) =>
        new Wrong(id, name, symptom, mend).Answering("kmeans_step", i => Means(i, rule));

    private static Dictionary<string, Tensor> Means(Given i, Func<double, double[], double> rule) =>
        Wrong.One("new_centroids", Each(i["centroids"], i["data"], Wrong.Right("kmeans_step", i)["indices"], rule));

    private static Tensor Each(Tensor codebook, Tensor z, Tensor indices, Func<double, double[], double> rule)
    {
        var members = LearnedCodebook.Rows(z).Select((row, n) => (Code: (int)indices[n], Row: row)).ToLookup(p => p.Code, p => p.Row);
        return LearnedCodebook.Matrix(codebook, LearnedCodebook.Rows(codebook).Select((row, k) =>
            row.Select((e, j) => rule(e, [.. members[k].Select(v => v[j])])).ToArray()));
    }
}
