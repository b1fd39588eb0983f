namespace LatentConformance.Contract;

/// <summary>
/// The model whose ELBO can be held against the truth: z ~ N(0, I), x | z ~ N(w z, noise_variance · I), and
/// q(z | x) = N(mu, diag e^logvar).
/// </summary>
public interface ILinearGaussian
{
    /// <summary>log p(x) = log N(x; 0, w wᵀ + noise_variance · I).</summary>
    [Operation("linear_gaussian_log_evidence(x: float[B,M], w: float[M,D], noise_variance: float) -> log_evidence: float[B]")]
    [Domain("noise_variance in (0, inf)")]
    Tensor LinearGaussianLogEvidence(Tensor x, Tensor w, double noiseVariance) => throw new NotImplementedException();

    [Operation("linear_gaussian_log_evidence.vjp(x: float[B,M], w: float[M,D], noise_variance: float, d_log_evidence: float[B]) -> d_x: float[B,M], d_w: float[M,D], d_noise_variance: float")]
    (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) LinearGaussianLogEvidenceVjp(Tensor x, Tensor w, double noiseVariance, Tensor dLogEvidence) => throw new NotImplementedException();

    /// <summary>p(z | x) = N(mean, covariance): covariance = (I + wᵀw / noise_variance)⁻¹, mean = covariance · wᵀx / noise_variance.</summary>
    [Operation("linear_gaussian_posterior(x: float[B,M], w: float[M,D], noise_variance: float) -> mean: float[B,D], covariance: float[D,D]")]
    [Domain("noise_variance in (0, inf)")]
    (Tensor? Mean, Tensor? Covariance) LinearGaussianPosterior(Tensor x, Tensor w, double noiseVariance) => throw new NotImplementedException();

    [Operation("linear_gaussian_posterior.vjp(x: float[B,M], w: float[M,D], noise_variance: float, d_mean: float[B,D], d_covariance: float[D,D]) -> d_x: float[B,M], d_w: float[M,D], d_noise_variance: float")]
    (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) LinearGaussianPosteriorVjp(Tensor x, Tensor w, double noiseVariance, Tensor dMean, Tensor dCovariance) => throw new NotImplementedException();

    /// <summary>E_q[log p(x | z)] − KL(q ‖ N(0, I)), both in closed form.</summary>
    [Operation("linear_gaussian_elbo(x: float[B,M], w: float[M,D], noise_variance: float, mu: float[B,D], logvar: float[B,D]) -> elbo: float[B], reconstruction: float[B], kl: float[B]")]
    [Domain("noise_variance in (0, inf)")]
    [Total("elbo", "reconstruction", "kl")]
    (Tensor? Elbo, Tensor? Reconstruction, Tensor? Kl) LinearGaussianElbo(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar) => throw new NotImplementedException();

    [Operation("linear_gaussian_elbo.vjp(x: float[B,M], w: float[M,D], noise_variance: float, mu: float[B,D], logvar: float[B,D], d_elbo: float[B]) -> d_x: float[B,M], d_w: float[M,D], d_noise_variance: float, d_mu: float[B,D], d_logvar: float[B,D]")]
    (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianElboVjp(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dElbo) => throw new NotImplementedException();

    /// <summary>KL(q ‖ p(z | x)): what lies between the ELBO and log p(x).</summary>
    [Operation("linear_gaussian_gap(x: float[B,M], w: float[M,D], noise_variance: float, mu: float[B,D], logvar: float[B,D]) -> gap: float[B]")]
    [Domain("noise_variance in (0, inf)")]
    Tensor LinearGaussianGap(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar) => throw new NotImplementedException();

    [Operation("linear_gaussian_gap.vjp(x: float[B,M], w: float[M,D], noise_variance: float, mu: float[B,D], logvar: float[B,D], d_gap: float[B]) -> d_x: float[B,M], d_w: float[M,D], d_noise_variance: float, d_mu: float[B,D], d_logvar: float[B,D]")]
    (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianGapVjp(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dGap) => throw new NotImplementedException();
}
