namespace LatentConformance.Contract;

/// <summary>Latents in several levels: how two passes meet in one posterior, and what a level costs.</summary>
public interface IHierarchicalLatent
{
    /// <summary>The product of two Gaussians, as a ladder joins its passes: precisions add, and weigh the means.</summary>
    [Operation("gaussian_merge(mu_a: float[B,D], logvar_a: float[B,D], mu_b: float[B,D], logvar_b: float[B,D]) -> mu: float[B,D], logvar: float[B,D]")]
    (Tensor? Mu, Tensor? Logvar) GaussianMerge(Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB) => throw new NotImplementedException();

    [Operation("gaussian_merge.vjp(mu_a: float[B,D], logvar_a: float[B,D], mu_b: float[B,D], logvar_b: float[B,D], d_mu: float[B,D], d_logvar: float[B,D]) -> d_mu_a: float[B,D], d_logvar_a: float[B,D], d_mu_b: float[B,D], d_logvar_b: float[B,D]")]
    (Tensor? DMuA, Tensor? DLogvarA, Tensor? DMuB, Tensor? DLogvarB) GaussianMergeVjp(Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB, Tensor dMu, Tensor dLogvar) => throw new NotImplementedException();

    /// <summary>KL(N(mu_p + delta_mu, e^(logvar_p + delta_logvar)) ‖ N(mu_p, e^logvar_p)): the posterior said relative to the prior.</summary>
    [Operation("kl_residual(delta_mu: float[B,D], delta_logvar: float[B,D], logvar_p: float[B,D]) -> kl: float[B]")]
    Tensor KlResidual(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP) => throw new NotImplementedException();

    [Operation("kl_residual.vjp(delta_mu: float[B,D], delta_logvar: float[B,D], logvar_p: float[B,D], d_kl: float[B]) -> d_delta_mu: float[B,D], d_delta_logvar: float[B,D], d_logvar_p: float[B,D]")]
    (Tensor? DDeltaMu, Tensor? DDeltaLogvar, Tensor? DLogvarP) KlResidualVjp(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP, Tensor dKl) => throw new NotImplementedException();

    /// <summary>Σ_g max(kl_g, floor): a group below its floor costs the floor and is not pulled. The floor holds for each sample.</summary>
    [Operation("free_bits(kl: float[B,G], floor: float) -> loss: float[B]")]
    Tensor FreeBits(Tensor kl, double floor) => throw new NotImplementedException();

    [Operation("free_bits.vjp(kl: float[B,G], floor: float, d_loss: float[B]) -> d_kl: float[B,G]")]
    Tensor FreeBitsVjp(Tensor kl, double floor, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>weight_dynamics · KL(sg(q) ‖ p) + weight_representation · KL(q ‖ sg(p)).</summary>
    [Operation("kl_balancing(mu_q: float[B,D], logvar_q: float[B,D], mu_p: float[B,D], logvar_p: float[B,D], weight_dynamics: float, weight_representation: float) -> loss: float[B]")]
    Tensor KlBalancing(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation) => throw new NotImplementedException();

    [Operation("kl_balancing.vjp(mu_q: float[B,D], logvar_q: float[B,D], mu_p: float[B,D], logvar_p: float[B,D], weight_dynamics: float, weight_representation: float, d_loss: float[B]) -> d_mu_q: float[B,D], d_logvar_q: float[B,D], d_mu_p: float[B,D], d_logvar_p: float[B,D]")]
    (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlBalancingVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, double weightDynamics, double weightRepresentation, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>The log-variance under a sampling temperature: sigma times T, so logvar + 2 log T.</summary>
    [Operation("temperature_logvar(logvar: float[B,D], temperature: float) -> tempered: float[B,D]")]
    Tensor TemperatureLogvar(Tensor logvar, double temperature) => throw new NotImplementedException();

    [Operation("temperature_logvar.vjp(logvar: float[B,D], temperature: float, d_tempered: float[B,D]) -> d_logvar: float[B,D]")]
    Tensor TemperatureLogvarVjp(Tensor logvar, double temperature, Tensor dTempered) => throw new NotImplementedException();

    /// <summary>
    /// Σ_m sg(c_m) kl_m of each sample, c_m ∝ (mean over the batch of |kl_m| + 0.01) / alpha_m with mean one over the groups:
    /// groups that carry much are held back more, and the coefficients learn nothing.
    /// </summary>
    [Operation("nvae_kl_balancer(kl: float[B,M], alpha: float[M]) -> loss: float[B]")]
    [Domain("alpha in (0, inf)")]
    Tensor NvaeKlBalancer(Tensor kl, Tensor alpha) => throw new NotImplementedException();

    [Operation("nvae_kl_balancer.vjp(kl: float[B,M], alpha: float[M], d_loss: float[B]) -> d_kl: float[B,M]")]
    Tensor NvaeKlBalancerVjp(Tensor kl, Tensor alpha, Tensor dLoss) => throw new NotImplementedException();
}
