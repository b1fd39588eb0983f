using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>z = mu + sigma epsilon: wrong sigmas, shared noise, gradients that stop.</summary>
internal static class ReparameterizeMistakes
{
    private delegate Traced Sample(Traced mu, Traced lv, Traced epsilon);

    public static IEnumerable<Mistake> All => [.. Sigmas, .. Noise, .. Gradients];

    private static IEnumerable<Mistake> Sigmas =>
    [
        .. Both("RP01", "variance-for-sigma", "The noise is too large where the variance is large, and too small where it is small.", "Use e^(logvar/2).", (mu, lv, e) => mu + (Exp(lv) * e), "keras-team/keras#3283"),
        .. Both("RP01a", "sigma-halved-twice", "The noise varies too little.", "Use e^(logvar/2), once halved.", (mu, lv, e) => mu + (Exp(0.25 * lv) * e)),
        .. Both("RP02", "logvar-for-sigma", "No noise at unit variance, negative sigma below.", "Pass e^(logvar/2) to the sampler.", (mu, lv, e) => mu + (lv * e), "clementchadebec/benchmark_VAE@55a1775"),
        .. Both("RP02a", "half-logvar-for-sigma", "No noise at unit variance.", "Take the exponential of half the log-variance.", (mu, lv, e) => mu + (0.5 * lv * e)),
        .. Both("RP14", "sigma-is-root-of-logvar", "NaN for negative log-variances.", "Take the exponential before the root.", (mu, lv, e) => mu + (Sqrt(lv) * e)),
        .. Both("RP15", "exponential-of-the-half", "Sigma is 1.65 times the log-variance.", "Put the log-variance inside the exponential.", (mu, lv, e) => mu + (Math.Exp(0.5) * lv * e)),
        .. Both("RP20", "precision-for-variance", "Certain latents are noisy and uncertain ones are not.", "Turn the sign in the exponent.", (mu, lv, e) => mu + (Exp(-0.5 * lv) * e)),
        .. Both("KL18a", "sigma-softplus", "Sigma grows linearly with the log-variance.", "Use e^(logvar/2) where the head is a log-variance.", (mu, lv, e) => mu + (Log1P(Exp(lv)) * e)),
        .. Both("KL20b", "unit-sigma", "All latents are equally noisy.", "Use the encoder's log-variance.", (mu, lv, e) => mu + e, "huggingface/diffusers#13652"),
        .. Both("KL15a", "head-halves-swapped", "Mean and log-variance have changed places.", "Split the head as (mu, logvar).", (mu, lv, e) => lv + (Exp(0.5 * mu) * e)),
        .. Both("KL14a", "sigma-from-mu", "The noise follows the mean.", "Take the second half of the head for the log-variance.", (mu, lv, e) => mu + (Exp(0.5 * mu) * e)),
        .. Both("RP01b", "mean-scaled-too", "The mean shrinks with the noise.", "Scale the noise alone.", (mu, lv, e) => Exp(0.5 * lv) * (mu + e)),
        .. Both("RP20a", "noise-subtracted", "The sample lies on the other side of the mean.", "Add the noise; under symmetric draws only a fixed epsilon tells.", (mu, lv, e) => mu - (Exp(0.5 * lv) * e)),
    ];

    private static IEnumerable<Mistake> Noise =>
    [
        .. Both("RP06", "sigma-without-noise", "Every sample lies one sigma above the mean.", "Multiply sigma by epsilon, or return the mean.", (mu, lv, e) => mu + Exp(0.5 * lv), "Project-MONAI/MONAI#8413"),
        .. Both("RP19", "mean-for-sample", "No noise reaches the decoder.", "Decode z, not mu.", (mu, lv, e) => mu, "huggingface/diffusers#574"),
        .. new Wrong("RP12", "noise-shared-by-the-batch", "All samples of a batch carry the same noise.", "Draw noise of the full shape, batch axis included.")
            .Both("reparameterize", Of((inputs, i) => (inputs["mu"][i], inputs["logvar"][i], inputs["epsilon"][i % inputs["mu"].Columns]))),
        .. new Wrong("RP13", "noise-shared-by-the-latents", "The noise moves all dimensions together.", "Draw noise of the full shape, latent axis included.")
            .Both("reparameterize", Of((inputs, i) => (inputs["mu"][i], inputs["logvar"][i], inputs["epsilon"][i / inputs["mu"].Columns, 0]))),
        .. new Wrong("NU09a", "noise-strides-ignored", "The noise reaches other elements than it was drawn for.", "Honour the strides of a transposed view.", "AntixK/PyTorch-VAE@27b559f")
            .Both("reparameterize", Of((inputs, i) => (inputs["mu"][i], inputs["logvar"][i], inputs["epsilon"][(i % inputs["mu"].Columns * inputs["mu"].Rows) + (i / inputs["mu"].Columns)]))),
    ];

    private static IEnumerable<Mistake> Gradients =>
    [
        Gradient("RP17", "sample-detached", "The encoder learns from the KL only.", "Build z from the tensors themselves, not from their values.", (mu, lv, e) => (mu + (Exp(0.5 * lv) * e)).Detached),
        Gradient("RP17a", "sigma-detached", "Variances learn from the KL only.", "Let the gradient flow through sigma.", (mu, lv, e) => mu + (Exp(0.5 * lv).Detached * e)),
        Gradient("RP17b", "mean-detached", "Means learn from the KL only.", "Let the gradient flow through mu.", (mu, lv, e) => mu.Detached + (Exp(0.5 * lv) * e)),
        Gradient("RP17c", "half-missing-in-slope", "The variance learns at twice the rate.", "The derivative of e^(logvar/2) carries the half.", (mu, lv, e) => mu + (Exp(0.5 * lv).Detached * e * lv)),
    ];

    private static Mistake[] Both(string id, string name, string symptom, string mend, Sample sample, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Both("reparameterize", Elementwise(sample));

    private static Mistake Gradient(string id, string name, string symptom, string mend, Sample sample) =>
        new Wrong(id, name, symptom, mend).Gradient("reparameterize", Elementwise(sample));

    private static Formula Elementwise(Sample sample) => Elements("z", "mu", (inputs, i) => sample(inputs["mu"][i], inputs["logvar"][i], inputs["epsilon"][i]));

    private static Formula Of(Func<Grids, int, (Traced Mu, Traced Lv, Traced Epsilon)> pick) => Elements("z", "mu", (inputs, i) =>
    {
        var (mu, lv, epsilon) = pick(inputs, i);
        return mu + (Exp(0.5 * lv) * epsilon);
    });
}
