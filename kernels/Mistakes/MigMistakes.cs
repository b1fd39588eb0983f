using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>The mutual information gap: which two are compared, and what their difference is divided by.</summary>
internal static class MigMistakes
{
    private delegate Traced Score(Traced[] descending, Traced entropy);

    public static IEnumerable<Mistake> All =>
    [
        .. new Wrong("ME17c", "ratio-of-summed-gaps", "Factors of much entropy dominate.", "Divide each gap by its own entropy, then average.")
            .Both("mig", Gives("mig", i => Scalar(Sum(Gaps(i)) / Sum(Entropies(i))))),
        .. new Wrong("ME17d", "gap-not-divided", "Factors of many values score higher.", "Divide by the entropy of the factor.")
            .Both("mig", Scores((top, _) => top[0] - top[1])),
        .. new Wrong("ME17e", "gap-over-the-largest", "Latents that know nothing may score one.", "Divide by the entropy of the factor.")
            .Both("mig", Scores((top, _) => (top[0] - top[1]) / top[0])),
        .. new Wrong("ME17f", "gap-to-the-mean", "A rival hides among many latents that know nothing.", "Subtract the second largest.")
            .Both("mig", Scores((top, h) => (top[0] - (Sum(top.Skip(1)) / (top.Length - 1))) / h)),
        .. new Wrong("ME17g", "gap-to-the-smallest", "A rival does not lower the score.", "Subtract the second largest.")
            .Both("mig", Scores((top, h) => (top[0] - top[^1]) / h)),
        .. new Wrong("ME17h", "gap-to-the-second-value", "Two latents that know a factor equally well seem one.", "Take the second latent, not the second value.")
            .Both("mig", Scores((top, h) => (top[0] - (top.FirstOrDefault(t => t.Value < top[0].Value) ?? top[0])) / h)),
        .. new Wrong("ME17i", "rival-ignored", "Information is taken for a gap.", "Subtract the second largest.")
            .Both("mig", Scores((top, h) => top[0] / h)),
        .. new Wrong("ME17j", "gaps-summed", "More factors score higher.", "Average over the factors.")
            .Both("mig", Times(Scores(RightScore), i => i["entropy"].Count)),
        .. new Wrong("ME17k", "gaps-by-magnitude", "An estimate below zero counts as information.", "Rank by value.")
            .Both("mig", Scores(RightScore, Math.Abs)),
        .. new Wrong("ME05f", "gap-entropy-in-bits", "Every value is 0.69 of what it is.", "Measure information and entropy in one unit.")
            .Both("mig", Times(Scores(RightScore), _ => Math.Log(2))),
        .. new Wrong("ME17l", "gap-over-the-latents", "Latents are compared over factors.", "For each factor take the two best latents.")
            .Both("mig", OverFactors),
        new Wrong("ME17m", "entropy-held-constant", "The entropies get no gradient.", "Differentiate the quotient.")
            .Gradient("mig", Scores((top, h) => (top[0] - top[1]) / h.Detached)),
        new Wrong("ME17n", "second-held-constant", "The rival is not pulled down.", "Let the gradient reach both latents.")
            .Gradient("mig", Scores((top, h) => (top[0] - top[1].Detached) / h)),
        new Wrong("NU10", "gap-without-a-rival", "One latent, or a factor that never varies, has no gap to divide.", "Refuse them.")
            .Unrefused("mig", _ => Wrong.One("mig", Tensor.Scalar(double.NaN))),
    ];

    /// <summary>For each latent its two best factors, by the entropy of the better; with one factor there is nothing to subtract.</summary>
    private static Formula OverFactors => Gives("mig", i =>
    {
        var information = i["mutual_information"];
        return Scalar(Sum(information.Columns, d =>
        {
            int[] order = [.. Enumerable.Range(0, information.Rows).OrderByDescending(f => information[f, d].Value)];
            return (information[order[0], d] - (order.Length > 1 ? information[order[1], d] : 0)) / i["entropy"][order[0]];
        }) / information.Columns);
    });

    private static Traced RightScore(Traced[] descending, Traced entropy) => (descending[0] - descending[1]) / entropy;

    private static Formula Scores(Score score, Func<double, double>? rank = null) => Gives("mig", i =>
        Scalar(Sum(i["entropy"].Count, f => score(Descending(i, f, rank), i["entropy"][f])) / i["entropy"].Count));

    private static Traced[] Descending(Grids inputs, int factor, Func<double, double>? rank = null) =>
        [.. Enumerable.Range(0, inputs["mutual_information"].Columns).Select(d => inputs["mutual_information"][factor, d])
            .OrderByDescending(t => rank is null ? t.Value : rank(t.Value))];

    private static IEnumerable<Traced> Gaps(Grids inputs) =>
        Enumerable.Range(0, inputs["entropy"].Count).Select(f => Descending(inputs, f)).Select(top => top[0] - top[1]);

    private static IEnumerable<Traced> Entropies(Grids inputs) => Enumerable.Range(0, inputs["entropy"].Count).Select(f => inputs["entropy"][f]);

    private static Grid Scalar(Traced value) => Grid.Each([], _ => value);
}
