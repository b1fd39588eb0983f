using LatentConformance.Contract;
using MathNet.Numerics.Distributions;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Gumbel-softmax and its KL: noise, temperature and axes that went astray.</summary>
internal static class GumbelMistakes
{
    private delegate Traced Score(Traced logit, Traced uniform, Traced temperature);

    public static IEnumerable<Mistake> All => [.. NoiseMistakes, .. Soft, .. Hard, .. Kl, .. Schedules];

    private static IEnumerable<Mistake> NoiseMistakes =>
    [
        .. new Wrong("GS06a", "gumbel-noise-sign", "The noise leans to the left, and classes win too seldom.", "Negate the outer logarithm.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => Log(-Log(i["uniforms"][e])))),
        .. new Wrong("GS06b", "exponential-for-gumbel", "The noise is never negative.", "Take the logarithm twice.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => -Log(i["uniforms"][e]))),
        .. new Wrong("GS06c", "logistic-for-gumbel", "Frequencies are off for three classes and more.", "Use -log(-log u), not the logit of u.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => Log(i["uniforms"][e]) - Log(1 - i["uniforms"][e]))),
        .. new Wrong("GS06d", "gumbel-of-one-minus-u", "The noise runs against the uniform that makes it.", "Take the logarithm of u, not of 1 - u.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => -Log(-Log(1 - i["uniforms"][e])))),
        .. new Wrong("GS19", "gaussian-for-gumbel", "Frequencies are off by 0.063 for unequal classes.", "Use -log(-log u); the tails are not a Gaussian's.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => Quantile(i["uniforms"][e]))),
        .. new Wrong("GS19", "gaussian-of-gumbels-spread", "Frequencies are off by 0.017 for unequal classes.", "Use -log(-log u); an equal spread is not enough.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => Math.PI / Math.Sqrt(6) * Quantile(i["uniforms"][e]))),
        .. new Wrong("GS19a", "uniform-for-gumbel", "The noise has no tails.", "Take the logarithm of the draw, twice.")
            .Both("gumbel_noise", Elements("noise", "uniforms", (i, e) => i["uniforms"][e])),
        new Wrong("GS08", "uniform-zero-answered", "A draw of 0 is infinite noise in silence.", "Refuse, or redraw, a uniform that is not inside (0, 1).", "pytorch/pytorch#34372")
            .Unrefused("gumbel_noise", i => Wrong.One("noise", Wrong.Map(i["uniforms"], u => -Math.Log(-Math.Log(u))))),
    ];

    private static IEnumerable<Mistake> Soft =>
    [
        .. new Wrong("GS01", "softmax-over-the-choices", "The weights of a class sum to one over the positions.", "Take the softmax over the classes.", "lucidrains/DALLE-pytorch@99713bb")
            .Both("gumbel_softmax", Gives("y", i => Transposed(Softened(Transposed(Scores(i, Right)))))),
        .. new Wrong("GS15", "times-temperature", "Sharper when it should be softer.", "Divide by the temperature.")
            .Both("gumbel_softmax", Soften((l, u, t) => (l + Noise(u)) * t)),
        .. new Wrong("GS15a", "temperature-on-logits-only", "The noise does not cool.", "Divide logits and noise by the temperature.")
            .Both("gumbel_softmax", Soften((l, u, t) => (l / t) + Noise(u))),
        .. new Wrong("GS15b", "temperature-on-noise-only", "The logits do not sharpen.", "Divide logits and noise by the temperature.")
            .Both("gumbel_softmax", Soften((l, u, t) => l + (Noise(u) / t))),
        .. new Wrong("GS15c", "gumbel-temperature-ignored", "Annealing changes nothing.", "Divide by the temperature.")
            .Both("gumbel_softmax", Soften((l, u, _) => l + Noise(u))),
        .. new Wrong("GS21", "gumbel-left-out", "A plain softmax: nothing is explored.", "Add the Gumbel noise to the logits.")
            .Both("gumbel_softmax", Soften((l, _, t) => l / t)),
        .. new Wrong("GS06", "gumbel-subtracted", "Frequencies are off for three classes and more.", "Add the noise.")
            .Both("gumbel_softmax", Soften((l, u, t) => (l - Noise(u)) / t)),
        .. new Wrong("GS28", "softmax-not-shifted", "NaN once the temperature is low.", "Take the largest score off before the exponential.")
            .Both("gumbel_softmax", Gives("y", i => Unshifted(Scores(i, Right)))),
        new Wrong("GS09", "temperature-zero-answered", "NaN at the end of annealing.", "Refuse a temperature that is not positive.", "pytorch/pytorch#184031")
            .Unrefused("gumbel_softmax", i => Wrong.One("y", Wrong.Map(i["logits"], _ => double.NaN))),
    ];

    private static IEnumerable<Mistake> Hard =>
    [
        new Wrong("GS11", "soft-for-hard", "The decoder sees blends, and training and testing part.", "Return the one-hot.", "SLM-Lab#422")
            .Answering("gumbel_softmax_hard", i => Wrong.One("y", Wrong.Right("gumbel_softmax", i)["y"])),
        new Wrong("GS12", "several-ones-on-a-tie", "Embeddings add up where weights are equal.", "Make the one-hot from the argmax, not from y == max(y).", "ericjang/gumbel-softmax#12")
            .Value("gumbel_softmax_hard", Gives("y", i =>
            {
                var scores = Scores(i, Right);
                return scores.Like(e => scores[e].Value == scores.PerRow(r => Largest(scores, r))[e / scores.Columns].Value ? 1 : 0);
            })),
        new Wrong("GS12a", "last-of-a-tie", "Ties go to the highest index.", "Take the first of the largest.")
            .Value("gumbel_softmax_hard", i => Chosen(Scores(i, Right), last: true)),
        new Wrong("GS21a", "hard-without-noise", "The most probable class wins every time.", "Add the noise before the argmax.")
            .Value("gumbel_softmax_hard", i => Chosen(Scores(i, (l, _, t) => l / t), last: false)),
        new Wrong("GS23", "hard-gradient-negated", "Training diverges.", "Write onehot + y - sg(y), not onehot - y + sg(y).")
            .Gradient("gumbel_softmax_hard", Gives("y", i => Negated(Softened(Scores(i, Right))))),
        new Wrong("GS23a", "hard-gradient-absent", "The encoder does not learn.", "Let the soft weights carry the gradient.")
            .Gradient("gumbel_softmax_hard", Gives("y", i => i["logits"].Like(_ => 0))),
        new Wrong("GS23b", "hard-gradient-copied", "The gradient ignores the softmax.", "Pass it through the soft weights, not past them.")
            .Gradient("gumbel_softmax_hard", Gives("y", i => i["logits"])),
        new Wrong("GS15d", "hard-temperature-ignored", "The gradient does not sharpen as the temperature falls.", "Divide by the temperature.")
            .Gradient("gumbel_softmax_hard", Soften((l, u, _) => l + Noise(u))),
    ];

    private static IEnumerable<Mistake> Kl =>
    [
        new Wrong("GS22", "log-k-missing", "The divergence is negative.", "Add log K.", "loeweX/AmortizedCausalDiscovery#3")
            .Value("kl_categorical_uniform", Divergence((p, log, k) => p * log)),
        .. new Wrong("GS22a", "entropy-for-divergence", "Certainty is rewarded.", "Add p log p; do not subtract it.")
            .Both("kl_categorical_uniform", Divergence((p, log, k) => -(p * log))),
        .. new Wrong("GS22b", "categorical-reversed", "Classes of no weight cost without end.", "Weigh by p, not by 1/K.")
            .Both("kl_categorical_uniform", Divergence((_, log, k) => -(log + Math.Log(k)) / k)),
        .. new Wrong("GS22c", "categorical-mean-over-classes", "The pull weakens as the classes multiply.", "Sum over the classes.")
            .Both("kl_categorical_uniform", Divergence((p, log, k) => p * (log + Math.Log(k)) / k)),
        .. new Wrong("GS22d", "categorical-bits-for-nats", "Every value is 1.44 times what it is.", "Use the natural logarithm.")
            .Both("kl_categorical_uniform", Divergence((p, log, k) => p * (log + Math.Log(k)) / Math.Log(2))),
        new Wrong("GS22e", "log-k-for-each-class", "Uniform costs something.", "Add log K once, not once a class.")
            .Value("kl_categorical_uniform", Divergence((p, log, k) => (p * log) + Math.Log(k))),
        .. new Wrong("NU01", "categorical-not-shifted", "NaN for large logits.", "Take the largest logit off before the exponential.")
            .Both("kl_categorical_uniform", Gives("kl", i => i["logits"].PerRow(r =>
            {
                var logits = i["logits"];
                var sum = Log(Sum(logits.Columns, k => Exp(logits[r, k])));
                return Sum(logits.Columns, k => Exp(logits[r, k] - sum) * (logits[r, k] - sum)) + Math.Log(logits.Columns);
            }))),
        .. new Wrong("ME04a", "log-of-no-weight", "NaN as soon as a class has no weight.", "Take the logarithm of the softmax from the logits.")
            .Both("kl_categorical_uniform", Gives("kl", i =>
            {
                var p = Softened(i["logits"]);
                return p.PerRow(r => Sum(p.Columns, k => p[r, k] * Log(p[r, k])) + Math.Log(p.Columns));
            })),
        .. new Wrong("EL10k", "categorical-batch-mean-for-each", "All choices report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("kl_categorical_uniform", BatchMean(Divergence((p, log, k) => p * (log + Math.Log(k))))),
    ];

    private static IEnumerable<Mistake> Schedules =>
        from schedule in new (string Name, Func<Traced, Traced, Traced, Traced> Right, Func<Traced, Traced, Traced, Traced> Other)[] { ("linear", Line, Power), ("exponential", Power, Line) }
        let operation = "temperature_anneal_" + schedule.Name
        from mistake in new[]
        {
            new Wrong("GS16a", schedule.Name + "-past-the-end", "The temperature goes on falling after the last step.", "Stay at the end.").Both(operation, Anneal(schedule.Right, (t, n) => t / n)),
            new Wrong("GS16b", schedule.Name + "-ends-swapped", "Training starts cold.", "Go from start to end.").Both(operation, Anneal((f, a, b) => schedule.Right(f, b, a), Part)),
            new Wrong("GS16c", schedule.Name + "-a-step-early", "The first step is no longer at the start.", "Count steps from 0.").Both(operation, Anneal(schedule.Right, (t, n) => Part(t + 1, n))),
            new Wrong("GS16d", schedule.Name + "-by-whole-division", "The temperature jumps once, at the end.", "Divide as floats.").Both(operation, Anneal(schedule.Right, (t, n) => Math.Floor(Part(t, n)))),
            new Wrong("GS16e", schedule.Name + "-by-the-other-schedule", "Half of the way is not where it should be.", "Equal differences are linear, equal ratios exponential.").Both(operation, Anneal(schedule.Other, Part)),
        }
        from entry in mistake
        select entry;

    private static double Part(double step, double steps) => Math.Min(1, step / steps);

    private static Traced Line(Traced part, Traced start, Traced end) => start + (part * (end - start));

    private static Traced Power(Traced part, Traced start, Traced end) => start * Exp(part * Log(end / start));

    private static Formula Anneal(Func<Traced, Traced, Traced, Traced> schedule, Func<double, double, double> part) => Elements("temperature", "step", (i, e) =>
        schedule(part(i["step"][e].Value, i["steps"][0].Value), i["start"][0], i["end"][0]));

    /// <summary>The standard normal of which u is the distribution function, its slope the inverse of the density.</summary>
    private static Traced Quantile(Traced u)
    {
        var value = Normal.InvCDF(0, 1, u.Value);
        return value + ((u - u.Detached) / Normal.PDF(0, 1, value));
    }

    private static Traced Noise(Traced uniform) => -Log(-Log(uniform));

    private static Traced Right(Traced logit, Traced uniform, Traced temperature) => (logit + Noise(uniform)) / temperature;

    private static Grid Scores(Grids inputs, Score score) =>
        inputs["logits"].Like(e => score(inputs["logits"][e], inputs["uniforms"][e], inputs["temperature"][0]));

    private static Formula Soften(Score score) => Gives("y", inputs => Softened(Scores(inputs, score)));

    private static Grid Softened(Grid scores) => Unshifted(scores.Like(e => scores[e] - Largest(scores, e / scores.Columns).Detached));

    private static Grid Unshifted(Grid scores)
    {
        var powers = scores.Like(e => Exp(scores[e]));
        var totals = powers.PerRow(r => Sum(powers.Columns, k => powers[r, k]));
        return powers.Like(e => powers[e] / totals[e / powers.Columns]);
    }

    private static Traced Largest(Grid scores, int row) => Enumerable.Range(0, scores.Columns).Select(k => scores[row, k]).MaxBy(s => s.Value)!;

    private static Grid Transposed(Grid grid) => Grid.Matrix(grid.Columns, grid.Rows, (i, j) => grid[j, i]);

    private static Grid Negated(Grid grid) => grid.Like(e => -grid[e]);

    private static Dictionary<string, Grid> Chosen(Grid scores, bool last)
    {
        int[] indices = [.. Enumerable.Range(0, scores.Rows).Select(r =>
        {
            var columns = Enumerable.Range(0, scores.Columns);
            return (last ? columns.Reverse() : columns).MaxBy(k => scores[r, k].Value);
        })];
        return new()
        {
            ["y"] = scores.Like(e => e % scores.Columns == indices[e / scores.Columns] ? 1 : 0),
            ["indices"] = Grid.Whole([scores.Rows], indices),
        };
    }

    /// <summary>Σ over the classes of a term in p, log p and K.</summary>
    private static Formula Divergence(Func<Traced, Traced, int, Traced> term) => Gives("kl", inputs =>
    {
        var logits = inputs["logits"];
        return logits.PerRow(r =>
        {
            var largest = Largest(logits, r).Detached;
            var sum = largest + Log(Sum(logits.Columns, k => Exp(logits[r, k] - largest)));
            return Sum(logits.Columns, k => term(Exp(logits[r, k] - sum), logits[r, k] - sum, logits.Columns));
        });
    });
}
