using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>The joined step: right parts in the wrong order, or working on what another part has left stale.</summary>
internal static class TrainStepMistakes
{
    /// <summary>The counts that the dead are told by: of the state before, of the state after, and of this batch.</summary>
    private delegate double[] Judged(LearnedCodebook before, LearnedCodebook after, double[] batch);

    private sealed record Recipe
    {
        public EmaRecipe Ema { get; init; } = EmaRecipe.Right;

        public RevivalRecipe Revival { get; init; } = RevivalRecipe.Right;

        public Judged Judged { get; init; } = (_, after, _) => after.Counts;

        public bool LooksUpLast { get; init; }

        public bool RevivesFirst { get; init; }

        /// <summary>What a step hands to the next, of its state and of the one that training began with.</summary>
        public Func<LearnedCodebook, LearnedCodebook, LearnedCodebook> Kept { get; init; } = (state, _) => state;
    }

    private static readonly (Wrong Wrong, Recipe Recipe)[] Orders =
    [
        (new("EM01", "update-before-look-up", "The commitment loss is too small.", "Look up with the codebook as it came in, then update.", "lucidrains/vector-quantize-pytorch#49"),
            new() { LooksUpLast = true }),
        (new("RV03", "dead-by-stale-counts", "A code that was just used is replaced.", "Tell the dead after the counts are updated.", "facebookresearch/audiocraft#374"),
            new() { Judged = (before, _, _) => before.Counts }),
        (new("RV03a", "revived-before-look-up", "Vectors are given codes that were not there.", "Look up first, revive last."),
            new() { RevivesFirst = true }),
        (new("RV09", "dead-by-this-batch", "Codes that pause for a batch are replaced.", "Compare the running count with the threshold."),
            new() { Judged = (_, _, batch) => batch }),
    ];

    public static IEnumerable<Mistake> All =>
    [
        .. Orders.SelectMany(o => new[] { One(o.Wrong, o.Recipe), Several(o.Wrong, o.Recipe) }),
        .. EmaMistakes.InSteps((w, ema) => One(w, new() { Ema = ema }), "EM04", "EM06", "EM09", "EM10", "EM14"),
        .. EmaMistakes.InSteps((w, ema) => Several(w, new() { Ema = ema }), "EM09", "EM14a"),
        .. RevivalMistakes.InSteps((w, revival) => One(w, new() { Revival = revival }), "RV01", "RV14", "RV02", "RV10"),
        .. RevivalMistakes.InSteps((w, revival) => Several(w, new() { Revival = revival }), "RV01", "RV01b", "RV10"),
        Several(
            new("EM23", "counts-and-sums-not-kept", "After a resume the codes leap.", "Keep counts and sums with the codes."),
            new() { Kept = (s, _) => s with { Counts = [.. s.Counts.Select(_ => 1.0)], Sums = s.Codes } }),
        Several(
            new("NU14", "counts-not-saved", "After a resume busy codes leap away from the origin.", "Save the counts with the codes and the sums."),
            new() { Kept = (s, first) => s with { Counts = first.Counts } }),
        Several(
            new("NU14a", "sums-not-saved", "After a resume codes fall back to where they began.", "Save the sums with the codes and the counts."),
            new() { Kept = (s, first) => s with { Sums = first.Sums } }),
        Several(
            new("NU14b", "codes-not-saved", "After a resume vectors are looked up in the codebook of the start.", "Save the codes with the counts and the sums."),
            new() { Kept = (s, first) => s with { Codes = first.Codes } }),
        Several(
            new("NU14c", "sums-reset-to-zero", "After a resume codes shrink to the origin.", "Save the sums with the codes and the counts."),
            new() { Kept = (s, _) => s with { Sums = [.. s.Sums.Select(row => new double[row.Length])] } }),
        Several(
            new("NU14d", "state-not-saved", "After a resume training begins anew.", "Save codes, counts and sums."),
            new() { Kept = (_, first) => first }),
        Several(
            new("EM02", "counts-from-zero", "The first steps throw the codes far away.", "Start counts at one where the sums start as the codes.", "lucidrains/vector-quantize-pytorch@4c514db"),
            new() { Kept = (s, _) => s with { Counts = new double[s.Size], Sums = s.Codes } }),
        new Wrong("EM13", "learns-in-evaluation", "Validation changes the model.", "Update nothing unless training.", "lucidrains/vector-quantize-pytorch#163")
            .Calling("vq_train_step", i =>
            {
                i["training"] = new Tensor([], [1L]);
                return i;
            }),
        new Wrong("RV11", "revives-in-evaluation", "Evaluation changes the tokens.", "Revive nothing unless training.")
            .Answering("vq_train_step", i => i["training"][0] == 1 ? Wrong.Right("vq_train_step", i) : RevivalRecipe.Right
                .Revive(LearnedCodebook.Of(i), i["counts"].ToDoubles(), LearnedCodebook.Rows(i["candidates"]), i["threshold"][0], i["threshold"][0]).Answer(i)),
        new Wrong("EM13a", "never-learns", "The codebook stays where it was initialised.", "Update when training is one.")
            .Calling("vq_train_step", i =>
            {
                i["training"] = new Tensor([], [0L]);
                return i;
            }),
        new Wrong("VA18a", "step-bypasses-the-quantizer", "The reconstruction is suspiciously good.", "Return the codes, not the vectors.")
            .Answering("vq_train_step", i => Wrong.One("quantized", i["z"])),
    ];

    private static Mistake One(Wrong wrong, Recipe recipe) =>
        (wrong with { Name = "step-" + wrong.Name }).Answering("vq_train_step", i => i["training"][0] == 0
            ? Wrong.Right("vq_train_step", i)
            : Answered(i, Stepped(recipe, LearnedCodebook.Of(i), LearnedCodebook.Rows(i["z"]), LearnedCodebook.Rows(i["candidates"]), i)));

    private static Dictionary<string, Tensor> Answered(Given i, (LearnedCodebook State, int[] Indices, double[][] Quantized) step)
    {
        var answer = step.State.Answer(i);
        answer["indices"] = new Tensor([step.Indices.Length], [.. step.Indices.Select(k => (long)k)]);
        answer["quantized"] = LearnedCodebook.Matrix(i["z"], step.Quantized);
        return answer;
    }

    private static Mistake Several(Wrong wrong, Recipe recipe) =>
        (wrong with { Name = "steps-" + wrong.Name }).Answering("vq_train_steps", i =>
        {
            var state = LearnedCodebook.Of(i);
            var indices = new List<long>();
            var (z, candidates) = (LearnedCodebook.Rows(i["z"]), LearnedCodebook.Rows(i["candidates"]));
            var (rows, offered) = (i["z"].Shape[1], i["candidates"].Shape[1]);
            for (var t = 0; t < i["z"].Shape[0]; t++)
            {
                state = t == 0 ? state : recipe.Kept(state, LearnedCodebook.Of(i));
                var step = Stepped(recipe, state, z[(t * rows)..((t + 1) * rows)], candidates[(t * offered)..((t + 1) * offered)], i);
                indices.AddRange(step.Indices.Select(k => (long)k));
                state = step.State;
            }

            var answer = state.Answer(i);
            answer["indices"] = new Tensor([i["z"].Shape[0], rows], [.. indices]);
            return answer;
        });

    private static (LearnedCodebook State, int[] Indices, double[][] Quantized) Stepped(
        Recipe recipe, LearnedCodebook before, double[][] z, double[][] candidates, Given i)
    {
        var (decay, epsilon, threshold) = (i["decay"][0], i["epsilon"][0], i["threshold"][0]);
        var found = recipe.RevivesFirst ? recipe.Revival.Revive(before, before.Counts, candidates, threshold, threshold) : before;
        int[] indices = [.. z.Select(found.Nearest)];
        var after = recipe.Ema.Update(found, [.. indices.Zip(z)], decay, epsilon);
        double[] batch = [.. Enumerable.Range(0, before.Size).Select(k => (double)indices.Count(n => n == k))];
        var state = recipe.RevivesFirst ? after : recipe.Revival.Revive(after, recipe.Judged(found, after, batch), candidates, threshold, threshold);
        if (recipe.LooksUpLast)
        {
            found = after;
            indices = [.. z.Select(found.Nearest)];
        }

        return (state, indices, [.. indices.Select(k => found.Codes[k])]);
    }
}
