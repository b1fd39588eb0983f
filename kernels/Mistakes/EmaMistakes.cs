using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Exponential averages of a codebook: what is averaged, with which weight, over which rows, and divided by what.</summary>
internal static class EmaMistakes
{
    private static readonly (Wrong Wrong, EmaRecipe Recipe)[] Recipes =
    [
        (new("EM04", "sums-never-updated", "Codes are only rescaled; they never turn.", "Update the sums as well as the counts.", "lucidrains/vector-quantize-pytorch@db1c1d9"),
            new() { BlendSums = (old, _, _) => old }),
        (new("EM04a", "counts-never-updated", "Busy codes grow without bound.", "Update the counts as well as the sums."),
            new() { BlendCounts = (old, _, _) => old }),
        (new("EM04b", "codes-from-the-old-sums", "Codes lag one step behind.", "Divide the new sums by the new counts."),
            new() { CodesFromOldSums = true }),
        (new("EM06", "total-forgotten", "All codes are scaled by the total count.", "Multiply the smoothed share by the total."),
            new() { Smoothed = (n, total, size, epsilon) => (n + epsilon) / (total + (size * epsilon)) }),
        (new("EM07", "epsilon-once-in-the-total", "The smoothed counts no longer add up to the total.", "Add K epsilon to the total."),
            new() { Smoothed = (n, total, _, epsilon) => (n + epsilon) / (total + epsilon) * total }),
        (new("EM07a", "not-smoothed", "A code that was never used is NaN.", "Add epsilon to the counts, and K epsilon to the total."),
            new() { Smoothed = (n, _, _, _) => n }),
        (new("EM07b", "epsilon-without-renormalising", "All codes are a little short.", "Scale the smoothed counts back to their total."),
            new() { Smoothed = (n, _, _, epsilon) => n + epsilon }),
        (new("EM09", "decay-swapped", "The codebook jumps to each batch.", "Weigh what was by the decay, what is new by one minus it."),
            new() { BlendCounts = Swapped, BlendSums = Swapped }),
        (new("EM09a", "new-not-weighted", "Counts settle at the horizon times what they should be.", "Weigh what is new by one minus the decay."),
            new() { BlendCounts = (old, fresh, g) => (g * old) + fresh, BlendSums = (old, fresh, g) => (g * old) + fresh }),
        (new("EM10", "sums-of-means", "Codes shrink the busier they are.", "Accumulate sums where counts are counts.", "lucidrains/vector-quantize-pytorch#38"),
            new() { Sum = values => values.Sum() / Math.Max(values.Length, 1) }),
        (new("EM11", "counts-as-shares", "Codes grow by the size of the batch.", "Accumulate counts where sums are sums.", "kaiidams/soundstream-pytorch#8"),
            new() { Count = (n, rows) => (double)n / Math.Max(rows, 1) }),
        (new("EM14", "update-lost", "Nothing is learned on several devices.", "Store what was reduced, not a copy of it.", "lucidrains/vector-quantize-pytorch#101"),
            new() { BlendCounts = (old, _, _) => old, BlendSums = (old, _, _) => old }),
        (new("EM14a", "unused-not-decayed", "Codes out of use never die.", "Let every count and sum decay, used or not."),
            new() { SkipsUnused = true }),
        (new("EM10a", "repeated-index-once", "Of several vectors on one code only the last counts.", "Scatter with accumulation.", "MHVali/Noise-Substitution-in-Vector-Quantization#2"),
            new() { Count = (n, _) => Math.Min(n, 1), Sum = values => values.LastOrDefault() }),
    ];

    public static IEnumerable<Mistake> All =>
    [
        .. Recipes.Select(r => (r.Wrong with { Name = "ema-" + r.Wrong.Name }).Answering("ema_update", i => r.Recipe.Update(LearnedCodebook.Of(i), Batch(i), i["decay"][0], i["epsilon"][0]).Answer(i))),
        new Wrong("EM22", "ema-decayed-once-a-row", "The horizon is shorter by the size of the batch.", "Let a batch decay the state once.")
            .Answering("ema_update", i => Batch(i).Aggregate(
                EmaRecipe.Right.Update(LearnedCodebook.Of(i), [], 1, i["epsilon"][0]),
                (state, row) => EmaRecipe.Right.Update(state, [row], i["decay"][0], i["epsilon"][0])).Answer(i)),
        .. Masks,
        .. Shards,
    ];

    public static Mistake[] InSteps(Func<Wrong, EmaRecipe, Mistake> entry, params string[] ids) =>
        [.. Recipes.Where(r => ids.Contains(r.Wrong.Id)).Select(r => entry(r.Wrong, r.Recipe))];

    private static IEnumerable<Mistake> Masks =>
    [
        new Wrong("EM15", "padding-counted", "One code is captured by the padding.", "Leave masked rows out of counts and sums.", "lucidrains/vector-quantize-pytorch#62")
            .Calling("ema_update_masked", i => With(i, "mask", _ => 1)),
        new Wrong("EM15a", "padding-in-the-counts", "The code that padding takes shrinks to the origin.", "Leave masked rows out of the counts too.", "lucidrains/vector-quantize-pytorch#149")
            .Answering("ema_update_masked", i => Joined(i, counted: With(i, "mask", _ => 1), summed: i)),
        new Wrong("EM15b", "padding-in-the-sums", "The code that padding takes is drawn to it.", "Leave masked rows out of the sums too.")
            .Answering("ema_update_masked", i => Joined(i, counted: i, summed: With(i, "mask", _ => 1))),
        new Wrong("EM15c", "mask-inverted", "Only the padding is learned.", "A mask of one is a row that counts.")
            .Calling("ema_update_masked", i => With(i, "mask", m => 1 - m)),
    ];

    private static IEnumerable<Mistake> Shards =>
    [
        new Wrong("EM21", "first-shard-alone", "The effective batch is that of one worker.", "Add the statistics of all workers.", "espnet/espnet#6284")
            .Answering("ema_update_shards", i => Sharded(i, shards => EmaRecipe.Right.Update(LearnedCodebook.Of(i), shards[0], i["decay"][0], i["epsilon"][0]))),
        new Wrong("EM21a", "last-shard-alone", "Each worker overwrites the one before.", "Add the statistics of all workers.")
            .Answering("ema_update_shards", i => Sharded(i, shards => EmaRecipe.Right.Update(LearnedCodebook.Of(i), shards[^1], i["decay"][0], i["epsilon"][0]))),
        new Wrong("EM21b", "shards-averaged", "Counts are those of an average worker.", "Add the statistics of the workers; do not average them.")
            .Answering("ema_update_shards", i => Sharded(i, shards => Averaged(shards.Length).Update(LearnedCodebook.Of(i), [.. shards.SelectMany(s => s)], i["decay"][0], i["epsilon"][0]))),
        new Wrong("EM21c", "shard-after-shard", "The state decays once a worker.", "Add the statistics first, then update once.")
            .Answering("ema_update_shards", i => Sharded(i, shards => shards.Aggregate(
                LearnedCodebook.Of(i), (state, shard) => EmaRecipe.Right.Update(state, shard, i["decay"][0], i["epsilon"][0])))),
        new Wrong("EM21d", "sums-of-the-first-shard", "Codes shrink with the number of workers.", "Add sums and counts alike over all workers.")
            .Answering("ema_update_shards", i => Sharded(i, shards =>
            {
                var (all, first) = (Updated(i, [.. shards.SelectMany(s => s)]), Updated(i, shards[0]));
                return Divided(all.Counts, first.Sums, i["epsilon"][0]);
            })),
    ];

    private static EmaRecipe Averaged(int shards) => new() { Count = (n, _) => (double)n / shards, Sum = values => values.Sum() / shards };

    private static double Swapped(double old, double fresh, double decay) => ((1 - decay) * old) + (decay * fresh);

    private static LearnedCodebook Updated(Given i, IReadOnlyList<(int Code, double[] Vector)> batch) =>
        EmaRecipe.Right.Update(LearnedCodebook.Of(i), batch, i["decay"][0], i["epsilon"][0]);

    private static LearnedCodebook Divided(double[] counts, double[][] sums, double epsilon) =>
        EmaRecipe.Right.Update(new(sums, counts, sums), [], 1, epsilon);

    private static Dictionary<string, Tensor> Joined(Given i, Given counted, Given summed)
    {
        var counts = Wrong.Right("ema_update_masked", counted)["new_counts"].ToDoubles();
        var sums = LearnedCodebook.Rows(Wrong.Right("ema_update_masked", summed)["new_sums"]);
        return Divided(counts, sums, i["epsilon"][0]).Answer(i);
    }

    private static (int Code, double[] Vector)[] Batch(Given i) =>
        [.. LearnedCodebook.Rows(i["z"]).Select((row, n) => ((int)i["indices"][n], row))];

    private static Dictionary<string, Tensor> Sharded(Given i, Func<(int Code, double[] Vector)[][], LearnedCodebook> update) =>
        update([.. Batch(i).Chunk(i["z"].Shape[1])]).Answer(i);

    private static Dictionary<string, Tensor> With(Given inputs, string name, Func<double, double> change) =>
        new(inputs) { [name] = Wrong.Map(inputs[name], change) };
}
