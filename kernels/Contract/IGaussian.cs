namespace LatentConformance.Contract;

/// <summary>The diagonal Gaussian latent: log-variance at the boundary, sums over the last axis, a value a sample.</summary>
public interface IGaussian
{
    /// <summary>KL(N(mu, e^logvar) ‖ N(0, I)) = ½ Σ (mu² + e^logvar − 1 − logvar).</summary>
    [Operation("kl_standard(mu: float[B,D], logvar: float[B,D]) -> kl: float[B]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    Tensor KlStandard(Tensor mu, Tensor logvar) => throw new NotImplementedException();

    [Operation("kl_standard.vjp(mu: float[B,D], logvar: float[B,D], d_kl: float[B]) -> d_mu: float[B,D], d_logvar: float[B,D]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    (Tensor? DMu, Tensor? DLogvar) KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl) => throw new NotImplementedException();

    /// <summary>The same KL of a feature map: summed over channels, rows and columns.</summary>
    [Operation("kl_spatial(mu: float[B,C,H,W], logvar: float[B,C,H,W]) -> kl: float[B]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    Tensor KlSpatial(Tensor mu, Tensor logvar) => throw new NotImplementedException();

    [Operation("kl_spatial.vjp(mu: float[B,C,H,W], logvar: float[B,C,H,W], d_kl: float[B]) -> d_mu: float[B,C,H,W], d_logvar: float[B,C,H,W]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    (Tensor? DMu, Tensor? DLogvar) KlSpatialVjp(Tensor mu, Tensor logvar, Tensor dKl) => throw new NotImplementedException();

    /// <summary>KL(q ‖ p) of two diagonal Gaussians.</summary>
    [Operation("kl_gaussians(mu_q: float[B,D], logvar_q: float[B,D], mu_p: float[B,D], logvar_p: float[B,D]) -> kl: float[B]")]
    [Honours(Conventions.ReduceName)]
    Tensor KlGaussians(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP) => throw new NotImplementedException();

    [Operation("kl_gaussians.vjp(mu_q: float[B,D], logvar_q: float[B,D], mu_p: float[B,D], logvar_p: float[B,D], d_kl: float[B]) -> d_mu_q: float[B,D], d_logvar_q: float[B,D], d_mu_p: float[B,D], d_logvar_p: float[B,D]")]
    [Honours(Conventions.ReduceName)]
    (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlGaussiansVjp(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, Tensor dKl) => throw new NotImplementedException();

    /// <summary>z = mu + e^(logvar/2) · epsilon; the noise is an input.</summary>
    [Operation("reparameterize(mu: float[B,D], logvar: float[B,D], epsilon: float[B,D]) -> z: float[B,D]")]
    [Honours(Conventions.ClampName)]
    Tensor Reparameterize(Tensor mu, Tensor logvar, Tensor epsilon) => throw new NotImplementedException();

    [Operation("reparameterize.vjp(mu: float[B,D], logvar: float[B,D], epsilon: float[B,D], d_z: float[B,D]) -> d_mu: float[B,D], d_logvar: float[B,D], d_epsilon: float[B,D]")]
    [Honours(Conventions.ClampName)]
    (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) ReparameterizeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ) => throw new NotImplementedException();
}
