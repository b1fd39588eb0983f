using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>KL to the standard normal: wrong terms, wrong constants, wrong axes.</summary>
internal static class KlMistakes
{
    /// <summary>Wrong whatever the shape: a term a latent dimension, so each is tried flat and spatial, value and gradient.</summary>
    private static readonly (Wrong Wrong, Func<Traced, Traced, Traced> Term)[] Terms =
    [
        (new("KL12", "half-missing", "Every value is twice what it is.", "Multiply the sum by 1/2."),
            (mu, lv) => (mu * mu) + Exp(lv) - 1 - lv),
        (new("KL13", "mu-not-squared", "The pull towards zero has constant strength.", "Square mu instead of taking its absolute value."),
            (mu, lv) => 0.5 * (Abs(mu) + Exp(lv) - 1 - lv)),
        (new("KL13a", "mu-term-missing", "Means drift away from zero unpunished.", "Add mu squared."),
            (mu, lv) => 0.5 * (Exp(lv) - 1 - lv)),
        (new("KL06", "logvar-read-as-sigma", "Infinite where the log-variance is zero.", "Take the exponential: the input is a log-variance, not sigma.", "deepchem/deepchem#4888"),
            (mu, lv) => 0.5 * ((mu * mu) + (lv * lv) - Log(lv * lv) - 1)),
        (new("KL17", "logarithm-of-logvar", "NaN for negative log-variances, on the first step.", "Take the exponential: the input is the logarithm already.", "black0017/MedicalZooPytorch#20"),
            (mu, lv) => 0.5 * ((mu * mu) + lv - 1 - Log(lv))),
        (new("KL08", "variance-is-sigma", "The minimum lies away from the prior.", "Use e^logvar, not e^(logvar/2), for the variance.", "DaehanKim/vgae_pytorch#2"),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(0.5 * lv) - 1 - lv)),
        (new("KL08a", "logvar-read-as-log-sigma", "Too strong far from the prior.", "Do not double the log-variance: it is not log sigma."),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(2 * lv) - 1 - (2 * lv))),
        (new("KL08b", "log-sigma-for-log-variance", "Negative values appear.", "Subtract the whole log-variance, not half of it."),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(lv) - 1 - (0.5 * lv))),
        (new("KL10", "log-squared", "Nothing keeps the variance from vanishing.", "Subtract log(sigma^2), not (log sigma)^2.", "FluxML/model-zoo#73"),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(lv) - 1 - Square(0.5 * lv))),
        (new("KL11", "kl-negated", "The divergence is negative, and training runs away.", "Turn the sign of the whole sum.", "dev4488/VAE_gumble_softmax#1"),
            (mu, lv) => -0.5 * ((mu * mu) + Exp(lv) - 1 - lv)),
        (new("KL11a", "logvar-sign", "Small variances are rewarded.", "Subtract the log-variance."),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(lv) - 1 + lv)),
        (new("KL11b", "mu-sign", "Large means are rewarded.", "Add mu squared, with a plus."),
            (mu, lv) => 0.5 * (-(mu * mu) + Exp(lv) - 1 - lv)),
        (new("KL14", "logvar-is-mu", "The variance follows the mean.", "Take the second half of the head for the log-variance.", "kaist-dmlab/TRAP#1"),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(mu) - 1 - mu)),
        (new("KL15", "halves-swapped", "Mean and log-variance have changed places.", "Split the head as (mu, logvar)."),
            (mu, lv) => 0.5 * ((lv * lv) + Exp(mu) - 1 - mu)),
        (new("KL18", "logvar-softplus", "Sigma never falls below one.", "Leave the log-variance unconstrained.", "wohlert/semi-supervised-pytorch#16"),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(Log1P(Exp(lv))) - 1 - Log1P(Exp(lv)))),
        (new("KL20", "logvar-dropped", "Only the means are regularised.", "Use the encoder's log-variance.", "huggingface/diffusers#13652"),
            (mu, lv) => 0.5 * ((mu * mu))),
        (new("KL23", "clamped-in-one-place", "Value and gradient disagree far out.", "Use the clamped log-variance in both terms, or in none."),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(Clamp(lv, -30, 20)) - 1 - lv)),
        (new("KL26", "exponential-twice", "Huge values from an ordinary log-variance.", "Pass the log-variance, not sigma, where a logarithm is expected.", "sutaoyu/IBMEA#2"),
            (mu, lv) => 0.5 * ((mu * mu) + Exp(Exp(0.5 * lv)) - 1 - Exp(0.5 * lv))),
    ];

    public static IEnumerable<Mistake> All => [.. TermMistakes, .. Constants, .. Axes, .. Numeric];

    public static Traced RightTerm(Traced mu, Traced lv) => 0.5 * ((mu * mu) + Exp(lv) - 1 - lv);

    /// <summary>The wrong terms of the KL inside another operation.</summary>
    public static IEnumerable<Mistake> Inside(string operation, string prefix, Func<Func<Traced, Traced, Traced>, Formula> formula, params string[] ids) =>
        Terms.Where(t => ids.Length == 0 || ids.Contains(t.Wrong.Id))
            .SelectMany(t => (t.Wrong with { Name = prefix + t.Wrong.Name }).Both(operation, formula(t.Term)));

    private static Formula Kl(Func<Traced, Traced, Traced> term) => Sums("kl", "mu", "logvar", term);

    // Only a log-variance beyond the clamp shows a clamp, and the feature maps hold none.
    private static IEnumerable<Mistake> TermMistakes =>
    [
        .. Inside("kl_standard", "", Kl),
        .. Inside("kl_spatial", "spatial-", Kl, [.. Terms.Select(t => t.Wrong.Id).Where(id => id != "KL23")]),
    ];

    private static IEnumerable<Mistake> Constants =>
    [
        new Wrong("KL05", "constant-missing", "The prior itself costs half a nat a dimension.", "Subtract one in every dimension.", "ericjang/draw#2")
            .Value("kl_standard", Kl((mu, lv) => 0.5 * ((mu * mu) + Exp(lv) - lv))),
        new Wrong("KL05a", "constant-once", "The prior itself costs something as soon as there are two dimensions.", "Subtract one in every dimension, not one a sample.", "ericjang/draw#6")
            .Value("kl_standard", Changed(Kl((mu, lv) => 0.5 * ((mu * mu) + Exp(lv) - lv)), kl => kl.Like(i => kl[i] - 0.5))),
        new Wrong("KL05b", "constant-added", "The prior itself costs a nat a dimension.", "Subtract one; do not add it.")
            .Value("kl_standard", Kl((mu, lv) => 0.5 * ((mu * mu) + Exp(lv) + 1 - lv))),
    ];

    private static IEnumerable<Mistake> Axes =>
    [
        .. new Wrong("KL31a", "kl-mean-over-latents", "The pull weakens as the latent widens.", "Sum over the latent axis; do not average it.")
            .Both("kl_standard", PerSample("kl", "mu", "logvar", (mu, lv, b) => Sum(mu.Columns, j => RightTerm(mu[b, j], lv[b, j])) / mu.Columns)),
        .. new Wrong("KL13b", "squared-after-the-sum", "Means of opposite sign cancel.", "Square mu before it is summed.")
            .Both("kl_standard", PerSample("kl", "mu", "logvar", (mu, lv, b) =>
                (0.5 * Square(Sum(mu.Columns, j => mu[b, j]))) + Sum(mu.Columns, j => RightTerm(0, lv[b, j])))),
        .. new Wrong("EL10", "kl-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("kl_standard", BatchMean(Kl(RightTerm))),
        new Wrong("EL24", "kl-over-the-batch-axis", "One value a dimension instead of one a sample.", "Sum over the last axis, not the first.", "asyml/texar-pytorch#251")
            .Value("kl_standard", SumsOverTheBatch("kl", "mu", "logvar", RightTerm)),
        new Wrong("NU09", "kl-strides-ignored", "Samples are mixed as soon as batch and latent sizes differ.", "Honour the strides of a transposed view.", "AntixK/PyTorch-VAE@27b559f")
            .Value("kl_standard", PerSample("kl", "mu", "logvar", (mu, lv, b) => Sum(mu.Columns, j => RightTerm(mu[(j * mu.Rows) + b], lv[(j * mu.Rows) + b])))),
        new Wrong("NU10", "kl-empty-batch-nan", "An empty batch answers NaN.", "Answer no values for no samples.")
            .Value("kl_standard", Changed(Kl(RightTerm), kl => kl.Count == 0 ? new Grid([1], [double.NaN]) : kl)),
        .. new Wrong("KL31", "mean-over-positions", "The weight of the KL depends on the resolution.", "Sum over rows and columns as well as channels.")
            .Both("kl_spatial", Spatial(s => s[2] * s[3])),
        .. new Wrong("KL31b", "mean-over-channels", "The weight of the KL depends on the channels.", "Sum over channels too.")
            .Both("kl_spatial", Spatial(s => s[1])),
        .. new Wrong("KL03", "mean-over-columns", "The KL is too weak by the width of the map.", "Sum over every axis but the batch, the last one included.", "google-deepmind/representations4d#14")
            .Both("kl_spatial", Spatial(s => s[3])),
        .. new Wrong("EL10a", "spatial-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("kl_spatial", BatchMean(Kl(RightTerm))),
        new Wrong("VA25", "spatial-squeezed", "A batch of one loses its axis.", "Do not squeeze axes of size one.", "lucidrains/vector-quantize-pytorch#228")
            .Value("kl_spatial", inputs => Kl(RightTerm)(inputs).ToDictionary(o => o.Key, o => o.Value.Count == 1 ? new Grid([1, 1], [o.Value[0]]) : o.Value)),
    ];

    private static IEnumerable<Mistake> Numeric =>
    [
        new Wrong("KL29", "cancelling-in-float32", "Close to the prior the value is zero or negative.", "Use expm1(logvar) - logvar, or a wider type.")
            .Value("kl_standard", Kl((mu, lv) => 0.5f * (((float)mu.Value * (float)mu.Value) + MathF.Exp((float)lv.Value) - 1 - (float)lv.Value))),
        new Wrong("NU06", "kl-summed-in-half", "The sum stops growing with the latent size.", "Accumulate in float32 or wider.")
            .Value("kl_standard", PerSample("kl", "mu", "logvar", (mu, lv, b) => Enumerable.Range(0, mu.Columns)
                .Aggregate(0.0, (sum, j) => RoundedTo(DType.Float16)(sum + RightTerm(mu[b, j], lv[b, j]).Value)))),
    ];

    private static Formula Spatial(Func<int[], double> divisor) =>
        PerSample("kl", "mu", "logvar", (mu, lv, b) => Sum(mu.Columns, j => RightTerm(mu[b, j], lv[b, j])) / divisor(mu.Shape));
}
