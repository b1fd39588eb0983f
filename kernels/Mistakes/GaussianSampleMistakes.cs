using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Clamps that hold in one place only, one-sample KLs cut off at zero, modes that are draws, draws that repeat.</summary>
internal static class GaussianSampleMistakes
{
    private delegate Traced Clamping(Traced logvar, double low, double high);

    private delegate Traced Density(Traced z, Traced mu, Traced logvar);

    private delegate Traced Drawing(Grids inputs, int draw, int element);

    public static IEnumerable<Mistake> All => [.. Clamped, .. OneSample, .. Mode, .. Draws, .. Refusals];

    private static IEnumerable<Mistake> Clamped =>
    [
        new Wrong("KL21", "not-clamped", "Infinite late in training.", "Clamp the log-variance.", "vanderschaarlab/synthcity#331")
            .Value("kl_clamped", Clamps((lv, _, _) => lv)),
        new Wrong("KL22", "clamped-value-raw-slope", "The gradient explodes although the loss is finite.", "Outside the clamp the slope by the log-variance is zero.", "AiDotNet#2033")
            .Gradient("kl_clamped", Clamps((lv, _, _) => lv)),
        new Wrong("KL22a", "slope-passes-the-clamp", "Log-variances outside are still pulled.", "Outside the clamp the slope by the log-variance is zero.")
            .Gradient("kl_clamped", Clamps((lv, low, high) => Through(lv, Clamp(lv, low, high).Value))),
        .. new Wrong("KL23", "clamped-in-the-exponential-only", "Value and gradient disagree far out.", "Use the clamped log-variance in both terms.")
            .Both("kl_clamped", Kl((mu, lv, low, high) => 0.5 * ((mu * mu) + Exp(Clamp(lv, low, high)) - 1 - lv))),
        .. new Wrong("KL23a", "clamped-in-the-logarithm-only", "The exponential overflows as if there were no clamp.", "Use the clamped log-variance in both terms.")
            .Both("kl_clamped", Kl((mu, lv, low, high) => 0.5 * ((mu * mu) + Exp(lv) - 1 - Clamp(lv, low, high)))),
        .. new Wrong("KL21a", "clamped-above-only", "Vanishing variances cost without end.", "Clamp at both ends.")
            .Both("kl_clamped", Clamps((lv, _, high) => Clamp(lv, double.NegativeInfinity, high))),
        .. new Wrong("KL21b", "clamped-below-only", "Infinite late in training.", "Clamp at both ends.")
            .Both("kl_clamped", Clamps((lv, low, _) => Clamp(lv, low, double.PositiveInfinity))),
        .. new Wrong("KL21c", "clamped-by-the-usual-ends", "The ends that were given have no effect.", "Clamp to the given range.")
            .Both("kl_clamped", Clamps((lv, _, _) => Clamp(lv, -30, 20))),
        .. new Wrong("KL21d", "log-sigma-clamped", "The clamp is twice as wide as it says.", "Clamp the log-variance, not half of it.")
            .Both("kl_clamped", Clamps((lv, low, high) => 2 * Clamp(0.5 * lv, low, high))),
        .. new Wrong("KL21e", "mean-clamped-too", "Means outside the range are not regularised.", "Clamp the log-variance alone.")
            .Both("kl_clamped", Kl((mu, lv, low, high) => KlMistakes.RightTerm(Clamp(mu, low, high), Clamp(lv, low, high)))),
        .. KlMistakes.Inside("kl_clamped", "clamped-", term => Kl((mu, lv, low, high) => term(mu, Clamp(lv, low, high))), "KL12", "KL13", "KL08", "KL11", "KL11a", "KL20"),
        .. new Wrong("KL31a", "clamped-kl-mean-over-latents", "The pull weakens as the latent widens.", "Sum over the latent axis; do not average it.")
            .Both("kl_clamped", Times(Right, i => 1.0 / i["mu"].Columns)),
        .. new Wrong("EL10", "clamped-kl-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
            .Both("kl_clamped", BatchMean(Right)),
        new Wrong("NU11", "clamp-swallows-nan", "A divergence is hidden behind the clamp.", "Let NaN through: use a clamp that does.")
            .Value("kl_clamped", Clamps((lv, low, high) => double.IsNaN(lv.Value) ? low : Clamp(lv, low, high))),
    ];

    private static IEnumerable<Mistake> OneSample =>
    [
        .. new Wrong("KL27", "one-sample-kl-cut-off-at-zero", "The estimate is biased and never averages to the KL.", "Let it be negative: only its mean is not.", "one-bit-vae#1")
            .Both("kl_one_sample", Changed(Sampled(RightDensity), kl => kl.Like(b => Clamp(kl[b], 0, double.PositiveInfinity)))),
        .. new Wrong("KL27a", "one-sample-latents-cut-off-at-zero", "The estimate is biased, the more the wider the latent.", "Let each latent's part be negative.")
            .Both("kl_one_sample", Sampled((z, mu, lv) => Clamp(RightDensity(z, mu, lv), 0, double.PositiveInfinity))),
        .. new Wrong("KL27b", "one-sample-magnitude", "Draws that the prior likes are punished.", "Keep the sign.")
            .Both("kl_one_sample", Changed(Sampled(RightDensity), kl => kl.Like(b => Abs(kl[b])))),
        .. new Wrong("KL27d", "closed-form-for-one-sample", "The value does not depend on the draw.", "Evaluate both densities at z.")
            .Both("kl_one_sample", Sampled((_, mu, lv) => KlMistakes.RightTerm(mu, lv))),
        .. new Wrong("KL11m", "one-sample-negated", "The posterior flees the prior.", "log q - log p, not the reverse.")
            .Both("kl_one_sample", Sampled((z, mu, lv) => -RightDensity(z, mu, lv))),
        .. new Wrong("KL25m", "one-sample-prior-left-out", "A negative entropy is taken for the KL.", "Subtract log p(z).")
            .Both("kl_one_sample", Sampled((z, mu, lv) => RightDensity(z, mu, lv) - (0.5 * (Square(z) + Math.Log(2 * Math.PI))))),
        .. new Wrong("KL20c", "one-sample-unit-sigma", "Variances are not regularised.", "Use the encoder's log-variance in log q.")
            .Both("kl_one_sample", Sampled((z, mu, _) => RightDensity(z, mu, 0))),
        .. new Wrong("KL08d", "one-sample-variance-is-sigma", "Narrow posteriors cost too little.", "Divide by the variance, not by sigma.")
            .Both("kl_one_sample", Sampled((z, mu, lv) => 0.5 * (Square(z) - lv - (Square(z - mu) / Exp(0.5 * lv))))),
        .. new Wrong("KL08g", "one-sample-logvar-for-log-sigma", "The logarithm weighs twice.", "log sigma is half of the log-variance.")
            .Both("kl_one_sample", Sampled((z, mu, lv) => RightDensity(z, mu, lv) - (0.5 * lv))),
        .. new Wrong("KL12d", "one-sample-half-missing", "Every value is twice what it is.", "Both densities carry a half.")
            .Both("kl_one_sample", Times(Sampled(RightDensity), _ => 2)),
        new Wrong("KL05e", "one-sample-two-pi-once", "Off by 0.92 nats a latent.", "The constant is in both densities and cancels.")
            .Value("kl_one_sample", Sampled((z, mu, lv) => RightDensity(z, mu, lv) + (0.5 * Math.Log(2 * Math.PI)))),
        .. new Wrong("KL31e", "one-sample-mean-over-latents", "The pull weakens as the latent widens.", "Sum over the latent axis.")
            .Both("kl_one_sample", Times(Sampled(RightDensity), i => 1.0 / i["mu"].Columns)),
        .. new Wrong("EL10", "one-sample-batch-mean-for-each", "All samples report one and the same value.", "Keep the batch axis out of the sum.")
            .Both("kl_one_sample", BatchMean(Sampled(RightDensity))),
        new Wrong("KL27c", "one-sample-draw-detached", "What the KL says about z is lost.", "Let the gradient reach z, and through it the encoder.")
            .Gradient("kl_one_sample", Sampled((z, mu, lv) => RightDensity(z.Detached, mu, lv))),
        new Wrong("KL27e", "one-sample-posterior-detached", "Only the prior pulls.", "Let the gradient reach mu and the log-variance.")
            .Gradient("kl_one_sample", Sampled((z, mu, lv) => RightDensity(z, mu.Detached, lv.Detached))),
    ];

    private static IEnumerable<Mistake> Mode =>
    [
        new Wrong("RP09", "index-for-mode", "Whole numbers where a downstream model expects latents.", "Take the mode: the place of the largest draw is no latent.", "mindspore-lab/mindone#531")
            .Value("posterior_mode", Gives("z", i => i["mu"].PerRow(b => Enumerable.Range(0, i["mu"].Columns).MaxBy(j => Drawn(i, (b * i["mu"].Columns) + j).Value)))),
        .. new Wrong("RP09a", "draw-for-mode", "Latents of one picture differ from call to call.", "Leave the noise out.")
            .Both("posterior_mode", Elements("z", "mu", Drawn)),
        .. new Wrong("RP06", "mode-and-sigma", "Every latent lies one sigma above the mean.", "Return the mean alone.", "Project-MONAI/MONAI#8413")
            .Both("posterior_mode", Elements("z", "mu", (i, e) => i["mu"][e] + Exp(0.5 * i["logvar"][e]))),
        .. new Wrong("RP09b", "logvar-for-mode", "Widths are passed on as latents.", "Take the first half of the parameters.")
            .Both("posterior_mode", Elements("z", "mu", (i, e) => i["logvar"][e])),
        .. new Wrong("RP09c", "noise-for-mode", "The latents know nothing of the data.", "Take the mean.")
            .Both("posterior_mode", Elements("z", "mu", (i, e) => i["epsilon"][e])),
        .. new Wrong("RP09d", "mode-over-sigma", "Latents come out standardised.", "The mode is the mean, not the mean over sigma.")
            .Both("posterior_mode", Elements("z", "mu", (i, e) => i["mu"][e] / Exp(0.5 * i["logvar"][e]))),
        new Wrong("RP09e", "mode-detached", "Nothing before the latent learns.", "Let the gradient pass to the mean.")
            .Gradient("posterior_mode", Elements("z", "mu", (i, e) => i["mu"][e].Detached)),
    ];

    private static IEnumerable<Mistake> Draws =>
    [
        .. new Wrong("RP18", "noise-seeded-anew", "The network memorises the noise.", "Let the generator advance: every draw has noise of its own.")
            .Both("reparameterize_draws", Drawings((i, _, e) => Draw(i, e, Noise(i, 0, e)))),
        .. new Wrong("RP18a", "noise-accumulates", "Later draws scatter more.", "Add each noise to the mean, not to the draw before.")
            .Both("reparameterize_draws", Drawings((i, t, e) => Draw(i, e, Sum(t + 1, s => Noise(i, s, e))))),
        .. new Wrong("RP18b", "draws-averaged", "The noise shrinks with the number of draws.", "Keep the draws apart.")
            .Both("reparameterize_draws", Drawings((i, _, e) => Draw(i, e, Sum(i["epsilon"].Rows, s => Noise(i, s, e)) / i["epsilon"].Rows))),
        .. new Wrong("RP12", "draw-noise-shared-by-the-batch", "All samples of a batch carry the same noise.", "Draw noise of the full shape, batch axis included.")
            .Both("reparameterize_draws", Drawings((i, t, e) => Draw(i, e, Noise(i, t, e % i["mu"].Columns)))),
        .. new Wrong("RP13", "draw-noise-shared-by-the-latents", "The noise moves all dimensions together.", "Draw noise of the full shape, latent axis included.")
            .Both("reparameterize_draws", Drawings((i, t, e) => Draw(i, e, Noise(i, t, e - (e % i["mu"].Columns))))),
        .. new Wrong("NU09b", "draws-axis-second", "The noise reaches other samples than it was drawn for.", "Draws come first, samples second.")
            .Both("reparameterize_draws", Drawings((i, t, e) =>
            {
                var (sample, latent) = (e / i["mu"].Columns, e % i["mu"].Columns);
                return Draw(i, e, i["epsilon"][((((sample * i["epsilon"].Rows) + t) * i["mu"].Columns) + latent)]);
            })),
        .. new Wrong("RP01", "draws-with-variance-for-sigma", "The noise is too large where the variance is large.", "Use e^(logvar/2).", "rachtsingh/ibp_vae#3")
            .Both("reparameterize_draws", Drawings((i, t, e) => i["mu"][e] + (Exp(i["logvar"][e]) * Noise(i, t, e)))),
        .. new Wrong("RP02", "draws-with-logvar-for-sigma", "No noise at unit variance, negative sigma below.", "Pass e^(logvar/2) to the sampler.", "pythae@55a1775")
            .Both("reparameterize_draws", Drawings((i, t, e) => i["mu"][e] + (i["logvar"][e] * Noise(i, t, e)))),
        .. new Wrong("RP20", "draws-with-inverse-sigma", "Certain latents are noisy, uncertain ones are not.", "Mind the sign: e^(logvar/2).")
            .Both("reparameterize_draws", Drawings((i, t, e) => i["mu"][e] + (Exp(-0.5 * i["logvar"][e]) * Noise(i, t, e)))),
        .. new Wrong("RP19", "mean-for-draws", "No noise reaches the decoder.", "Decode the draws, not the mean.", "huggingface/diffusers#574")
            .Both("reparameterize_draws", Drawings((i, _, e) => i["mu"][e])),
        new Wrong("RP18c", "last-draw-learns", "Training with many draws is as noisy as with one.", "Add the gradients of all draws.")
            .Gradient("reparameterize_draws", Drawings((i, t, e) => t == i["epsilon"].Rows - 1
                ? Draw(i, e, Noise(i, t, e))
                : i["mu"][e].Detached + (Exp(0.5 * i["logvar"][e]).Detached * Noise(i, t, e)))),
        new Wrong("RP18d", "draw-slopes-averaged", "The step shrinks with the number of draws.", "Sum over the draws; an average is the loss's to take.")
            .Gradient("reparameterize_draws", Drawings((i, t, e) =>
                Shared(i["mu"][e], i["epsilon"].Rows) + (Exp(0.5 * Shared(i["logvar"][e], i["epsilon"].Rows)) * Noise(i, t, e)))),
    ];

    private static IEnumerable<Mistake> Refusals =>
    [
        new Wrong("KL16", "clamped-shapes-broadcast", "Mean and log-variance of unlike shapes are joined somehow.", "Refuse shapes that differ.")
            .Unrefused("kl_clamped", i => Wrong.One("kl", Rows(i["mu"]))),
        new Wrong("EL23", "one-sample-shapes-broadcast", "One posterior serves all draws in silence.", "Refuse shapes that differ.")
            .Unrefused("kl_one_sample", i => Wrong.One("kl", Rows(i["z"]))),
        new Wrong("KL16", "mode-shapes-broadcast", "Mean and log-variance of unlike shapes are joined somehow.", "Refuse shapes that differ.")
            .Unrefused("posterior_mode", i => Wrong.One("z", i["mu"])),
        new Wrong("RP12a", "draw-noise-broadcast", "Noise of another shape is spread over the batch in silence.", "Refuse noise that has not the shape of mu after the axis of draws.")
            .Unrefused("reparameterize_draws", i => Wrong.One("z", i["epsilon"])),
    ];

    private static Formula Right => Clamps(Clamp);

    private static Traced RightDensity(Traced z, Traced mu, Traced logvar) => 0.5 * (Square(z) - logvar - (Square(z - mu) / Exp(logvar)));

    private static Formula Clamps(Clamping clamp) => Kl((mu, lv, low, high) => KlMistakes.RightTerm(mu, clamp(lv, low, high)));

    private static Formula Kl(Func<Traced, Traced, double, double, Traced> term) => inputs =>
        Sums("kl", "mu", "logvar", (mu, lv) => term(mu, lv, inputs["low"][0].Value, inputs["high"][0].Value))(inputs);

    private static Formula Sampled(Density density) => Gives("kl", i => i["z"].PerRow(b =>
        Sum(i["z"].Columns, j => density(i["z"][b, j], i["mu"][b, j], i["logvar"][b, j]))));

    private static Traced Drawn(Grids inputs, int element) => Draw(inputs, element, inputs["epsilon"][element]);

    private static Traced Draw(Grids inputs, int element, Traced noise) => inputs["mu"][element] + (Exp(0.5 * inputs["logvar"][element]) * noise);

    private static Traced Noise(Grids inputs, int draw, int element) => inputs["epsilon"][draw, element];

    /// <summary>The value, with a share of its gradient.</summary>
    private static Traced Shared(Traced value, int by) => (value / by) + (value.Detached * (1 - (1.0 / by)));

    private static Formula Drawings(Drawing draw) => Elements("z", "epsilon", (i, e) => draw(i, e / i["mu"].Count, e % i["mu"].Count));

    private static Tensor Rows(Tensor like) => new([like.Shape[0]], [.. Enumerable.Repeat(double.NaN, like.Shape[0])]);
}
