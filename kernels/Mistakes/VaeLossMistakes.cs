using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>Reconstruction and KL joined: which is weighed, what is averaged, what is reported; and the warm-up of the weight.</summary>
internal static class VaeLossMistakes
{
    /// <summary>The loss of one sample from its two parts, beta, pixels and latents.</summary>
    private delegate Traced Join(Traced reconstruction, Traced kl, Traced beta, int pixels, int latents);

    public static IEnumerable<Mistake> All =>
    [
        .. Joins("vae_loss", "", (x, y) => Square(x - y)),
        .. Joins("vae_loss_bce", "bce-", BceMistakes.RightTerm),
        .. KlMistakes.Inside("vae_loss", "loss-", term => Loss((r, k, beta, _, _) => r + (beta * k), (x, y) => Square(x - y), term), "KL12", "KL08", "KL11a", "KL20"),
        .. KlMistakes.Inside("vae_loss_bce", "bce-loss-", term => Loss((r, k, beta, _, _) => r + (beta * k), BceMistakes.RightTerm, term), "KL12", "KL08"),
        .. new Wrong("EL01b", "bce-loss-arguments-swapped", "Infinite or NaN for binary targets.", "Take the logarithm of the prediction.", "autonomousvision/sledge#4")
            .Both("vae_loss_bce", Loss(Right, (x, p) => BceMistakes.RightTerm(p, x), KlMistakes.RightTerm)),
        .. new Wrong("EL08i", "squared-error-for-bce", "The reconstruction is far too small.", "Use the cross-entropy for probabilities.")
            .Both("vae_loss_bce", Loss(Right, (x, p) => Square(x - p), KlMistakes.RightTerm)),
        .. new Wrong("EL31h", "half-in-the-reconstruction", "beta is effectively twice what it is.", "Leave out the 1/2 of the Gaussian, or double beta with it.")
            .Both("vae_loss", Loss(Right, (x, y) => 0.5 * Square(x - y), KlMistakes.RightTerm)),
        .. Reported,
        .. Warmup,
    ];

    private static IEnumerable<Mistake> Joins(string operation, string prefix, Func<Traced, Traced, Traced> error)
    {
        Mistake[] Both(string id, string name, string symptom, string mend, Join join, string? source = null) =>
            new Wrong(id, prefix + name, symptom, mend, source).Both(operation, Loss(join, error, KlMistakes.RightTerm));

        return
        [
            .. Both("EL12", "beta-on-the-reconstruction", "A larger beta regularises less.", "Multiply the KL by beta.", (r, k, beta, _, _) => (beta * r) + k),
            .. Both("KL11f", "kl-subtracted", "Divergence from the prior is rewarded.", "Add the KL: the loss is minus the ELBO.", (r, k, beta, _, _) => r - (beta * k), "dev4488/VAE_gumble_softmax#1"),
            .. Both("EL12a", "beta-ignored", "Changing beta changes nothing.", "Multiply the KL by beta.", (r, k, _, _, _) => r + k),
            .. Both("EL12b", "beta-on-both", "beta is a learning rate.", "Multiply the KL alone.", (r, k, beta, _, _) => beta * (r + k)),
            .. Both("EL12c", "beta-squared", "beta counts twice.", "Multiply by beta once.", (r, k, beta, _, _) => r + (beta * beta * k)),
            .. Both("EL12d", "convex-mix", "beta above one subtracts the reconstruction.", "Leave the reconstruction unweighted.", (r, k, beta, _, _) => ((1 - beta) * r) + (beta * k)),
            .. Both("EL07f", "reconstruction-averaged", "The posterior collapses.", "Sum the reconstruction over the pixels beside a summed KL.", (r, k, beta, pixels, _) => (r / pixels) + (beta * k), "keras-team/keras-io#270"),
            .. Both("KL31d", "kl-averaged", "beta has hardly any effect.", "Sum the KL over the latents.", (r, k, beta, _, latents) => r + (beta * k / latents)),
            .. Both("KL30", "scaled-twice", "beta of the paper does not reproduce.", "Scale both terms by the same factor, once.", (r, k, beta, pixels, latents) => (r / pixels) + (beta * k * latents / pixels), "AntixK/PyTorch-VAE#11"),
            .. Both("EL28", "beta-over-pixels", "The KL weight falls with the image size.", "Use beta as it is given.", (r, k, beta, pixels, _) => r + (beta * k / pixels), "ml-struct-bio/cryodrgn#356"),
            .. Both("EL15", "kl-absent", "The latent space has holes.", "Add beta times the KL.", (r, _, _, _, _) => r),
            .. Both("RP17e", "reconstruction-absent", "The decoder never learns.", "Add the reconstruction.", (_, k, beta, _, _) => beta * k),
            .. new Wrong("EL10h", prefix + "loss-batch-mean-for-each", "All samples report one and the same loss.", "Keep the batch axis out of the sum.", "keras-team/keras#4538")
                .Both(operation, BatchMean(Loss(Right, error, KlMistakes.RightTerm))),
        ];
    }

    private static IEnumerable<Mistake> Reported =>
    [
        new Wrong("EL12e", "weighted-kl-reported", "The logged KL scales with beta.", "Report the KL without its weight.")
            .Answering("vae_loss", inputs => Wrong.One("kl", Wrong.Map(Wrong.Right("vae_loss", inputs)["kl"], k => k * inputs["beta"][0]))),
        new Wrong("KL11g", "negated-kl-reported", "The logged KL is negative.", "Report the KL as it enters the loss.", "AntixK/PyTorch-VAE#68")
            .Changing("vae_loss", "kl", k => -k),
        new Wrong("EL12f", "parts-swapped", "The curves of reconstruction and KL have changed places.", "Return (loss, reconstruction, kl).")
            .Answering("vae_loss", inputs =>
            {
                var right = Wrong.Right("vae_loss", inputs);
                return new Dictionary<string, Tensor> { ["reconstruction"] = right["kl"], ["kl"] = right["reconstruction"] };
            }),
    ];

    private static IEnumerable<Mistake> Warmup =>
    [
        Ramp("EL19", "ramp-starts-at-one-step", "The first step is weighed already.", "Divide the step itself, counted from zero.", (t, n) => Math.Min(1, (t + 1) / n), "PlaytikaOSS/pybandits#137"),
        Ramp("EL19a", "ramp-never-full", "The last step stays short of one.", "Divide by the warm-up steps, not by one more.", (t, n) => Math.Min(n / (n + 1), t / (n + 1))),
        Ramp("EL19b", "ramp-unbounded", "The weight grows beyond one.", "Take the minimum with one.", (t, n) => t / n),
        Ramp("EL19c", "whole-number-division", "The weight is zero until the warm-up ends.", "Divide as floating-point numbers.", (t, n) => Math.Min(1, Math.Floor(t / n))),
        Ramp("EL19d", "ramp-one-step-short", "The weight is full one step early.", "Divide by the warm-up steps, not by one less.", (t, n) => n == 1 ? 1 : Math.Min(1, t / (n - 1))),
        Ramp("EL18", "counter-reset", "The weight never leaves zero.", "Keep the step between calls.", (_, _) => 0, "valdersoul/bn-vae#1"),
        Ramp("EL13", "captured-at-build", "The weight is full from the first step.", "Read the step on every call.", (_, _) => 1, "Knight13/beta-VAE-disentanglement#1"),
        Ramp("EL19e", "ramp-downwards", "The weight falls where it should rise.", "Take step over warm-up, not one less that.", (t, n) => Math.Max(0, 1 - (t / n))),
        Ramp("EL19f", "cyclical-for-once", "The weight falls back to zero after the warm-up.", "Stay at one after the warm-up.", (t, n) => t % n / n),
    ];

    private static Traced Right(Traced reconstruction, Traced kl, Traced beta, int pixels, int latents) => reconstruction + (beta * kl);

    /// <summary>The joined loss. The parts beside it are right and left out.</summary>
    private static Formula Loss(Join join, Func<Traced, Traced, Traced> error, Func<Traced, Traced, Traced> kl) =>
        Gives("loss", inputs =>
        {
            var (x, y, mu, lv) = (inputs["x"], inputs["x_hat"], inputs["mu"], inputs["logvar"]);
            return x.PerRow(b => join(
                Sum(x.Columns, j => error(x[b, j], y[b, j])),
                Sum(mu.Columns, j => kl(mu[b, j], lv[b, j])),
                inputs["beta"][0],
                x.Columns,
                mu.Columns));
        });

    private static Mistake Ramp(string id, string name, string symptom, string mend, Func<double, double, double> weight, string? source = null) =>
        new Wrong(id, name, symptom, mend, source).Value("kl_warmup", Elements("beta", "step", (inputs, i) => weight(inputs["step"][i].Value, inputs["warmup_steps"][0].Value)));
}
