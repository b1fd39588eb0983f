using LatentConformance.Contract;
using static LatentConformance.Mistakes.Formulas;
using static LatentConformance.Mistakes.Traced;

namespace LatentConformance.Mistakes;

/// <summary>The linear Gaussian model: ELBO, evidence, posterior and gap with what is commonly lost from them.</summary>
internal static class LinearGaussianMistakes
{
    private const string Elbo = "linear_gaussian_elbo";
    private const string Evidence = "linear_gaussian_log_evidence";
    private const string Posterior = "linear_gaussian_posterior";
    private const string Gap = "linear_gaussian_gap";

    /// <summary>The reconstruction term of one sample from misfit of the mean, spread of the samples, noise and features.</summary>
    private delegate Traced Reconstruction(Traced misfit, Traced spread, Traced noise, int features);

    public static IEnumerable<Mistake> All => [.. Bounds, .. Exact];

    private static IEnumerable<Mistake> Bounds =>
    [
        .. new Wrong("RP07", "elbo-at-the-mean", "The bound is better than the truth allows.", "Take the expectation over q: add the variance of the samples.", "pytorch/examples#419")
            .Both(Elbo, Of((misfit, _, s, m) => Right(misfit, 0, s, m))),
        .. new Wrong("KL11h", "kl-added-to-the-elbo", "The bound exceeds the evidence.", "Subtract the KL.", "dev4488/VAE_gumble_softmax#1")
            .Both(Elbo, Of(Right, weight: 1)),
        .. new Wrong("RP02b", "noise-sigma-for-variance", "The likelihood is off unless the noise is one.", "noise_variance is the variance: do not square it.")
            .Both(Elbo, Of((misfit, spread, s, m) => Right(misfit, spread, s * s, m))),
        .. new Wrong("KL12b", "half-missing-in-likelihood", "Misfits cost twice what they do.", "Divide the squared misfit by twice the variance.")
            .Both(Elbo, Of((misfit, spread, s, m) => Right(2 * misfit, 2 * spread, s, m))),
        new Wrong("EL05a", "two-pi-missing", "The bound is off by 0.92 nats a feature.", "Keep the constant of the Gaussian's density.")
            .Value(Elbo, Of((misfit, spread, s, m) => Right(misfit, spread, s, m) + (0.5 * m * Math.Log(2 * Math.PI)))),
        .. new Wrong("EL05b", "log-noise-missing", "More noise always looks better.", "Keep the logarithm of the noise variance.")
            .Both(Elbo, Of((misfit, spread, s, m) => Right(misfit, spread, s, m) + (0.5 * m * Log(s)))),
        new Wrong("NU13", "gradient-overwritten", "mu learns from the KL alone.", "Accumulate gradients where a value is used twice.")
            .Gradient(Elbo, Of(Right, detachMean: true)),
        new Wrong("KL25i", "kl-sign-reported", "The reported KL is negative.", "Report the KL as it is subtracted.", "AntixK/PyTorch-VAE#68")
            .Changing(Elbo, "kl", k => -k),
    ];

    private static IEnumerable<Mistake> Exact =>
    [
        new Wrong("EL05c", "evidence-two-pi-missing", "The evidence is off by 0.92 nats a feature.", "Keep the constant of the Gaussian's density.")
            .Answering(Evidence, inputs => Shifted(Evidence, "log_evidence", inputs, 0.5 * inputs["x"].Shape[1] * Math.Log(2 * Math.PI))),
        .. NoiseSquared(Evidence, "evidence"),
        .. NoiseSquared(Posterior, "posterior"),
        .. NoiseSquared(Gap, "gap"),
        new Wrong("EL05d", "prior-variance-of-the-latents-left-out", "The evidence is that of the noise alone.", "The covariance of x is W W^T plus the noise.")
            .Calling(Evidence, inputs => With(inputs, "w", Wrong.Map(inputs["w"], _ => 0))),
        new Wrong("KL11i", "evidence-negated", "A likelihood and a loss are mixed up.", "Return the log-density, not minus it.")
            .Changing(Evidence, "log_evidence", v => -v),
        new Wrong("RP20b", "precision-for-covariance", "Certain directions look uncertain.", "Invert the precision.")
            .Answering(Posterior, inputs => Wrong.One("covariance", Precision(inputs["w"], inputs["noise_variance"][0]))),
        new Wrong("KL15b", "posterior-mean-sign", "The posterior lies on the other side of the prior.", "The mean is plus covariance W^T x over the noise.")
            .Changing(Posterior, "mean", v => -v),
        new Wrong("RP01c", "posterior-mean-unscaled", "The mean ignores the noise.", "Divide W^T x by the noise variance.")
            .Answering(Posterior, inputs => Wrong.One("mean", Wrong.Map(Wrong.Right(Posterior, inputs)["mean"], v => v * inputs["noise_variance"][0]))),
        new Wrong("KL12c", "gap-half-missing", "The gap is twice what it is.", "Multiply by 1/2.")
            .Changing(Gap, "gap", v => 2 * v),
        new Wrong("KL25j", "gap-sign", "The gap is negative.", "The gap is the evidence less the bound.")
            .Changing(Gap, "gap", v => -v),
        new Wrong("KL05d", "gap-constant-missing", "An exact posterior leaves a gap of half a nat a latent.", "Subtract the number of latents.")
            .Answering(Gap, inputs => Shifted(Gap, "gap", inputs, 0.5 * inputs["mu"].Shape[1])),
        new Wrong("KL25k", "gap-to-the-prior", "The gap is the KL to the prior.", "Measure q against the posterior, not the prior.")
            .Answering(Gap, inputs => Wrong.One("gap", Wrong.Right("kl_standard", inputs.Where(i => i.Key is "mu" or "logvar").ToDictionary())["kl"])),
    ];

    private static Mistake[] NoiseSquared(string operation, string prefix)
    {
        var wrong = new Wrong("RP02c", prefix + "-noise-squared", "The model's noise is off unless it is one.", "noise_variance is the variance: do not square it.");
        Dictionary<string, Tensor> Squared(Dictionary<string, Tensor> inputs) => With(inputs, "noise_variance", Wrong.Map(inputs["noise_variance"], v => v * v));
        return [wrong.Calling(operation, Squared), (wrong with { Name = wrong.Name + "-gradient" }).Calling(operation + Operation.GradientSuffix, Squared)];
    }

    private static Traced Right(Traced misfit, Traced spread, Traced noise, int features) =>
        (-0.5 * features * Log(2 * Math.PI * noise)) - ((misfit + spread) / (2 * noise));

    private static Formula Of(Reconstruction reconstruction, double weight = -1, bool detachMean = false) => Gives("elbo", inputs =>
    {
        var (x, w, mu, lv) = (inputs["x"], inputs["w"], inputs["mu"], inputs["logvar"]);
        return x.PerRow(b =>
        {
            var misfit = Sum(x.Columns, m => Square(x[b, m] - Sum(w.Columns, j => w[m, j] * (detachMean ? mu[b, j].Detached : mu[b, j]))));
            var spread = Sum(w.Columns, j => Exp(lv[b, j]) * Sum(w.Rows, m => Square(w[m, j])));
            var kl = Sum(mu.Columns, j => KlMistakes.RightTerm(mu[b, j], lv[b, j]));
            return reconstruction(misfit, spread, inputs["noise_variance"][0], x.Columns) + (weight * kl);
        });
    });

    /// <summary>I + W^T W / s^2.</summary>
    private static Tensor Precision(Tensor w, double noise)
    {
        var d = w.Shape[1];
        return new Tensor([d, d], [.. Enumerable.Range(0, d * d).Select(i =>
            (i / d == i % d ? 1 : 0) + (Enumerable.Range(0, w.Shape[0]).Sum(m => w[m, i / d] * w[m, i % d]) / noise))]);
    }

    private static Dictionary<string, Tensor> Shifted(string operation, string output, Given inputs, double by) =>
        Wrong.One(output, Wrong.Map(Wrong.Right(operation, inputs)[output], v => v + by));

    private static Dictionary<string, Tensor> With(Dictionary<string, Tensor> inputs, string name, Tensor tensor)
    {
        inputs[name] = tensor;
        return inputs;
    }
}
