using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// E_q[log p(x | z)] = −(M/2) log(2π s²) − (‖x − Wμ‖² + Σ_j σ_j² ‖w_j‖²) / (2 s²); the ELBO subtracts KL(q ‖ N(0, I)).
// With the residual ρ = x − Wμ: ∂μ = Wᵀρ/s² − μ, ∂lv_j = −½ (σ_j² ‖w_j‖²/s² + σ_j² − 1), ∂x = −ρ/s²,
// ∂W = (ρ μᵀ − W diag σ²)/s², ∂s² = −M/(2s²) + (‖ρ‖² + Σ σ_j² ‖w_j‖²)/(2 s⁴).
public sealed partial class ReferenceKernels
{
    public (Tensor? Elbo, Tensor? Reconstruction, Tensor? Kl) LinearGaussianElbo(
        Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar)
    {
        RefuseUnlessModelFits(x, w, noiseVariance, mu, logvar);
        var (samples, features) = SamplesOf(x);
        var latents = w.Shape[1];
        var constant = -0.5 * features * Log(2 * Math.PI * (Real)noiseVariance);
        var reconstruction = Answers.Each(samples, b => constant - (Misfit(x, w, mu, logvar, b) / (2 * (Real)noiseVariance)));

        // This operation honours no clamp: neither the reconstruction nor the gradient knows one, so the KL must not.
        var house = new ReferenceKernels();
        var kl = Answers.Each(samples, b =>
            house.KlOfSample(mu, logvar, b, latents).Knowing(house.CarefulKlOfSample(mu, logvar, b, latents).Value));
        return (
            Answers.Floats([samples], [.. reconstruction.Zip(kl, (r, k) => r - k)]),
            Answers.Floats([samples], reconstruction),
            Answers.Floats([samples], kl));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianElboVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dElbo)
    {
        RefuseUnlessModelFits(x, w, noiseVariance, mu, logvar);
        var (samples, features) = SamplesOf(x);
        var latents = w.Shape[1];
        Real s2 = noiseVariance;
        var residual = new Real[samples, features];
        for (var b = 0; b < samples; b++)
        {
            for (var m = 0; m < features; m++)
            {
                residual[b, m] = Residual(x, w, mu, b, m);
            }
        }

        return (
            Answers.Matrix(samples, features, (b, m) => -(dElbo[b] * (residual[b, m] / s2))),
            Answers.Matrix(features, latents, (m, j) => Answers.Sum(samples, b =>
                dElbo[b] * (Terms(residual[b, m] * mu[b, j], -(w[m, j] * Exp(logvar[b, j]))) / s2))),
            Answers.Scalar(Answers.Sum(samples, b =>
                dElbo[b] * Terms(-features / (2 * s2), Misfit(x, w, mu, logvar, b) / (2 * s2 * s2)))),
            Answers.Matrix(samples, latents, (b, j) =>
                dElbo[b] * Terms(Answers.Sum(features, m => w[m, j] * residual[b, m]) / s2, -mu[b, j])),
            Answers.Matrix(samples, latents, (b, j) =>
                dElbo[b] * (-0.5 * Terms(Exp(logvar[b, j]) * Energy(w, j) / s2, Exp(logvar[b, j]), -1))));
    }

    private static Real Residual(Tensor x, Tensor w, Tensor mu, int sample, int feature) =>
        x[sample, feature] - Answers.Sum(w.Shape[1], j => (Real)w[feature, j] * mu[sample, j]);

    /// <summary>‖w_j‖².</summary>
    private static Real Energy(Tensor w, int latent) => Answers.Sum(w.Shape[0], m => (Real)w[m, latent] * w[m, latent]);

    /// <summary>E_q ‖x − W z‖² = ‖x − Wμ‖² + Σ_j σ_j² ‖w_j‖².</summary>
    private static Real Misfit(Tensor x, Tensor w, Tensor mu, Tensor logvar, int sample) => Terms(
        Answers.Sum(x.Shape[1], m =>
        {
            var residual = Residual(x, w, mu, sample, m);
            return residual * residual;
        }),
        Answers.Sum(w.Shape[1], j => Exp(logvar[sample, j]) * Energy(w, j)));

    private static void RefuseUnlessModelFits(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar)
    {
        Refuse.UnlessPositive("noise_variance", noiseVariance);
        Refuse.UnlessSameShape(mu, logvar);
        if (x.Shape[1] != w.Shape[0] || w.Shape[1] != mu.Shape[1] || x.Shape[0] != mu.Shape[0])
        {
            throw new RefusalException(
                $"x {Tensor.Show(x.Shape)}, w {Tensor.Show(w.Shape)} and mu {Tensor.Show(mu.Shape)} are not of one model");
        }
    }
}
