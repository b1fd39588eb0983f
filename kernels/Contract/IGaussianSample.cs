namespace LatentConformance.Contract;

/// <summary>What is done with a diagonal Gaussian and its draws beside the closed forms: clamped, sampled, asked for its mode.</summary>
public interface IGaussianSample
{
    /// <summary>½ Σ (mu² + e^c − 1 − c), c the log-variance clamped to [low, high]: outside nothing pulls at the log-variance.</summary>
    [Operation("kl_clamped(mu: float[B,D], logvar: float[B,D], low: float, high: float) -> kl: float[B]")]
    Tensor KlClamped(Tensor mu, Tensor logvar, double low, double high) => throw new NotImplementedException();

    [Operation("kl_clamped.vjp(mu: float[B,D], logvar: float[B,D], low: float, high: float, d_kl: float[B]) -> d_mu: float[B,D], d_logvar: float[B,D]")]
    (Tensor? DMu, Tensor? DLogvar) KlClampedVjp(Tensor mu, Tensor logvar, double low, double high, Tensor dKl) => throw new NotImplementedException();

    /// <summary>log q(z|x) − log p(z) of one draw under q = N(mu, e^logvar) and p = N(0, I): right on average, of either sign each time.</summary>
    [Operation("kl_one_sample(z: float[B,D], mu: float[B,D], logvar: float[B,D]) -> kl: float[B]")]
    Tensor KlOneSample(Tensor z, Tensor mu, Tensor logvar) => throw new NotImplementedException();

    [Operation("kl_one_sample.vjp(z: float[B,D], mu: float[B,D], logvar: float[B,D], d_kl: float[B]) -> d_z: float[B,D], d_mu: float[B,D], d_logvar: float[B,D]")]
    (Tensor? DZ, Tensor? DMu, Tensor? DLogvar) KlOneSampleVjp(Tensor z, Tensor mu, Tensor logvar, Tensor dKl) => throw new NotImplementedException();

    /// <summary>The most probable latent, mu. The noise is what a draw would have used: a mode uses none.</summary>
    [Operation("posterior_mode(mu: float[B,D], logvar: float[B,D], epsilon: float[B,D]) -> z: float[B,D]")]
    Tensor PosteriorMode(Tensor mu, Tensor logvar, Tensor epsilon) => throw new NotImplementedException();

    [Operation("posterior_mode.vjp(mu: float[B,D], logvar: float[B,D], epsilon: float[B,D], d_z: float[B,D]) -> d_mu: float[B,D], d_logvar: float[B,D], d_epsilon: float[B,D]")]
    (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) PosteriorModeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ) => throw new NotImplementedException();

    /// <summary>T draws of one posterior, z_t = mu + e^(logvar/2) · epsilon_t: each call on a sampler uses noise of its own.</summary>
    [Operation("reparameterize_draws(mu: float[B,D], logvar: float[B,D], epsilon: float[T,B,D]) -> z: float[T,B,D]")]
    Tensor ReparameterizeDraws(Tensor mu, Tensor logvar, Tensor epsilon) => throw new NotImplementedException();

    [Operation("reparameterize_draws.vjp(mu: float[B,D], logvar: float[B,D], epsilon: float[T,B,D], d_z: float[T,B,D]) -> d_mu: float[B,D], d_logvar: float[B,D], d_epsilon: float[T,B,D]")]
    (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) ReparameterizeDrawsVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ) => throw new NotImplementedException();
}
