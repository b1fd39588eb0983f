using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>Averages that begin at zero: what they are divided by, in which step, and what a step hands to the next.</summary>
internal static class SonnetMistakes
{
    /// <summary>1 − γ^t, of γ and the number of steps made before.</summary>
    private delegate double Weight(double decay, long step);

    private sealed record Recipe
    {
        public EmaRecipe Ema { get; init; } = EmaRecipe.Right;

        public Weight Counts { get; init; } = Gathered;

        public Weight Sums { get; init; } = Gathered;

        /// <summary>What is corrected is stored, and corrected again in the next step.</summary>
        public bool StoresTheAverage { get; init; }

        /// <summary>The number of steps that a step is told were made before, of those and of those before the first.</summary>
        public Func<long, long, long> Step { get; init; } = (step, _) => step;

        /// <summary>What a step finds of the state that the last one left.</summary>
        public Func<LearnedCodebook, LearnedCodebook> Kept { get; init; } = state => state;
    }

    private static readonly (Wrong Wrong, Recipe Recipe)[] Corrections =
    [
        (new("EM19", "bias-correction-dropped", "The first steps throw the codes far away, or to the origin.", "Divide the hidden averages by 1 - decay^t.", "google-deepmind/sonnet#272"),
            new() { Counts = (_, _) => 1, Sums = (_, _) => 1 }),
        (new("EM19a", "sums-not-corrected", "Codes are short in the first steps.", "Correct counts and sums alike."),
            new() { Sums = (_, _) => 1 }),
        (new("EM19b", "counts-not-corrected", "Codes are too long in the first steps.", "Correct counts and sums alike."),
            new() { Counts = (_, _) => 1 }),
        (new("EM19c", "correction-by-the-new-weight", "Averages are too small, the more so the longer the horizon.", "Divide by 1 - decay^t, with the decay and not one less it."),
            new() { Counts = (g, t) => 1 - Math.Pow(1 - g, t + 1), Sums = (g, t) => 1 - Math.Pow(1 - g, t + 1) }),
        (new("EM19d", "correction-multiplied", "The first steps shrink twice.", "Divide by 1 - decay^t."),
            new() { Counts = (g, t) => 1 / Gathered(g, t), Sums = (g, t) => 1 / Gathered(g, t) }),
        (new("EM19e", "correction-of-the-first-step-always", "Averages grow far beyond the data.", "Raise the decay to the number of the step."),
            new() { Counts = (g, _) => 1 - g, Sums = (g, _) => 1 - g }),
        (new("EM19f", "corrected-average-stored", "Every step corrects what was corrected before.", "Keep the hidden average; hand out the corrected one."),
            new() { StoresTheAverage = true }),
        (new("EM20", "exponent-from-zero", "The first step is NaN.", "Count steps from one in the exponent."),
            new() { Step = (step, _) => step - 1 }),
        (new("EM20a", "exponent-one-step-on", "The first codes are short of the data.", "Count the step once, not once for counts and again for sums."),
            new() { Step = (step, _) => step + 1 }),
        (new("EM20b", "sums-counted-one-step-on", "Codes are a little short in the first steps.", "Counts and sums are in the same step."),
            new() { Sums = (g, t) => Gathered(g, t + 1) }),
    ];

    private static readonly (Wrong Wrong, Recipe Recipe)[] Handovers =
    [
        (new("NU14e", "step-count-not-saved", "After a resume averages leap.", "Save the count of steps with the hidden averages."),
            new() { Step = (step, first) => step == first ? step : 0 }),
        (new("NU14f", "step-count-stands-still", "Averages grow far beyond the data.", "Count every step."),
            new() { Step = (_, first) => first }),
        (new("NU14g", "hidden-averages-not-saved", "After a resume codes shrink to the origin.", "Save the hidden averages with the count of steps."),
            new() { Kept = s => s with { Counts = new double[s.Size], Sums = [.. s.Sums.Select(row => new double[row.Length])] } }),
        (new("NU14h", "hidden-sums-not-saved", "After a resume codes shrink to the origin.", "Save both hidden averages."),
            new() { Kept = s => s with { Sums = [.. s.Sums.Select(row => new double[row.Length])] } }),
        (new("NU14i", "hidden-counts-not-saved", "After a resume codes leap away from the origin.", "Save both hidden averages."),
            new() { Kept = s => s with { Counts = new double[s.Size] } }),
        (new("NU14j", "codes-saved-for-sums", "After a resume busy codes are too short.", "Save the hidden sums, not the codes."),
            new() { Kept = s => s with { Sums = s.Codes } }),
    ];

    public static IEnumerable<Mistake> All =>
    [
        .. Corrections.SelectMany(c => new[] { One(c.Wrong, c.Recipe), Several(c.Wrong, c.Recipe) }),
        .. Handovers.Select(h => Several(h.Wrong, h.Recipe)),
        .. EmaMistakes.InSteps((w, ema) => One(w with { Id = w.Id + "o" }, new() { Ema = ema }), "EM04", "EM06", "EM07", "EM09", "EM10", "EM11", "EM14"),
        new Wrong("NU15w", "sonnet-decay-of-one-answered", "Codes are NaN from the first step.", "Refuse a decay of one: nothing would ever be averaged.")
            .Unrefused("ema_update_sonnet", i => Wrong.One("new_codebook", i["hidden_sums"])),
    ];

    private static double Gathered(double decay, long step) => 1 - Math.Pow(decay, step + 1);

    private static Mistake One(Wrong wrong, Recipe recipe) =>
        (wrong with { Name = "sonnet-" + wrong.Name }).Answering("ema_update_sonnet", i =>
        {
            var (hidden, average) = Stepped(recipe, Start(i), Batch(i), i, i["step"].Int64[0]);
            return new Dictionary<string, Tensor>
            {
                ["new_hidden_counts"] = new([hidden.Size], hidden.Counts),
                ["new_hidden_sums"] = LearnedCodebook.Matrix(i["hidden_sums"], hidden.Sums),
                ["average_counts"] = new([hidden.Size], average.Counts),
                ["average_sums"] = LearnedCodebook.Matrix(i["hidden_sums"], average.Sums),
                ["new_codebook"] = LearnedCodebook.Matrix(i["hidden_sums"], average.Codes),
            };
        });

    private static Mistake Several(Wrong wrong, Recipe recipe) =>
        (wrong with { Name = "sonnet-steps-" + wrong.Name }).Answering("ema_steps_sonnet", i =>
        {
            var (state, first, rows) = (Start(i), i["step"].Int64[0], i["z"].Shape[1]);
            var codebooks = new List<double>();
            var batches = Batch(i).Chunk(rows).ToArray();
            for (var t = 0; t < i["z"].Shape[0]; t++)
            {
                var (hidden, average) = Stepped(recipe, t == 0 ? state : recipe.Kept(state), batches[t], i, first + t);
                codebooks.AddRange(average.Codes.SelectMany(row => row));
                state = hidden;
            }

            return new Dictionary<string, Tensor>
            {
                ["codebooks"] = new([i["z"].Shape[0], .. i["hidden_sums"].Shape], [.. codebooks]),
                ["new_hidden_counts"] = new([state.Size], state.Counts),
                ["new_hidden_sums"] = LearnedCodebook.Matrix(i["hidden_sums"], state.Sums),
            };
        });

    private static (LearnedCodebook Hidden, LearnedCodebook Average) Stepped(
        Recipe recipe, LearnedCodebook before, (int Code, double[] Vector)[] batch, Given i, long step)
    {
        var (decay, epsilon) = (i["decay"][0], i["epsilon"][0]);
        var told = recipe.Step(step, i["step"].Int64[0]);
        var hidden = recipe.Ema.Update(before, batch, decay, epsilon);
        double[] counts = [.. hidden.Counts.Select(n => n / recipe.Counts(decay, told))];
        double[][] sums = [.. hidden.Sums.Select(row => row.Select(m => m / recipe.Sums(decay, told)).ToArray())];

        // Nothing new at a decay of one: only the division is made.
        var average = (EmaRecipe.Right with { Smoothed = recipe.Ema.Smoothed }).Update(new(sums, counts, sums), [], 1, epsilon);
        var stored = recipe.StoresTheAverage ? average : hidden;
        return (stored with { Codes = average.Codes }, average);
    }

    private static LearnedCodebook Start(Given i) =>
        new(LearnedCodebook.Rows(i["hidden_sums"]), i["hidden_counts"].ToDoubles(), LearnedCodebook.Rows(i["hidden_sums"]));

    private static (int Code, double[] Vector)[] Batch(Given i) =>
        [.. LearnedCodebook.Rows(i["z"]).Select((row, n) => ((int)i["indices"][n], row))];
}
