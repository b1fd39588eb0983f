namespace LatentConformance.Contract;

/// <summary>Bounds from several samples, targets for the KL, and the schedules that go with them.</summary>
public interface IBounds
{
    /// <summary>log (1/K) Σ_k w_k of each sample, from the logarithms of its importance weights.</summary>
    [Operation("iwae_bound(log_weights: float[B,K]) -> bound: float[B]")]
    Tensor IwaeBound(Tensor logWeights) => throw new NotImplementedException();

    [Operation("iwae_bound.vjp(log_weights: float[B,K], d_bound: float[B]) -> d_log_weights: float[B,K]")]
    Tensor IwaeBoundVjp(Tensor logWeights, Tensor dBound) => throw new NotImplementedException();

    /// <summary>The normalised weights of each sample, sg(softmax(log_weights)): they weigh a loss and learn nothing themselves.</summary>
    [Operation("iwae_weights(log_weights: float[B,K]) -> weights: float[B,K]")]
    Tensor IwaeWeights(Tensor logWeights) => throw new NotImplementedException();

    [Operation("iwae_weights.vjp(log_weights: float[B,K], d_weights: float[B,K]) -> d_log_weights: float[B,K]")]
    Tensor IwaeWeightsVjp(Tensor logWeights, Tensor dWeights) => throw new NotImplementedException();

    /// <summary>gamma · |Σ_j kl_j − capacity|.</summary>
    [Operation("capacity_loss(kl: float[B,D], capacity: float, gamma: float) -> loss: float[B]")]
    Tensor CapacityLoss(Tensor kl, double capacity, double gamma) => throw new NotImplementedException();

    [Operation("capacity_loss.vjp(kl: float[B,D], capacity: float, gamma: float, d_loss: float[B]) -> d_kl: float[B,D]")]
    Tensor CapacityLossVjp(Tensor kl, double capacity, double gamma, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>The capacity at a step: capacity_max · min(1, step / steps).</summary>
    [Operation("capacity_schedule(step: int[N], capacity_max: float, steps: int) -> capacity: float[N]")]
    [Domain("step in [0, inf)")]
    [Domain("capacity_max in [0, inf)")]
    Tensor CapacitySchedule(Tensor step, double capacityMax, long steps) => throw new NotImplementedException();

    [Operation("capacity_schedule.vjp(step: int[N], capacity_max: float, steps: int, d_capacity: float[N]) -> d_capacity_max: float")]
    Tensor CapacityScheduleVjp(Tensor step, double capacityMax, long steps, Tensor dCapacity) => throw new NotImplementedException();

    /// <summary>The weight of the KL at a step of a cycle: min(1, (step mod period) / ramp_steps).</summary>
    [Operation("cyclical_beta(step: int[N], period: int, ramp_steps: int) -> beta: float[N]")]
    [Domain("step in [0, inf)")]
    Tensor CyclicalBeta(Tensor step, long period, long rampSteps) => throw new NotImplementedException();

    /// <summary>log p(x|z) + log p(z) − log q(z|x) of each draw, all columns of z in both densities: the prior N(0, I), q = N(mu, e^logvar).</summary>
    [Operation("importance_log_weights(log_likelihood: float[B,K], z: float[B,K,D], mu: float[B,D], logvar: float[B,D]) -> log_weights: float[B,K]")]
    Tensor ImportanceLogWeights(Tensor logLikelihood, Tensor z, Tensor mu, Tensor logvar) => throw new NotImplementedException();

    [Operation("importance_log_weights.vjp(log_likelihood: float[B,K], z: float[B,K,D], mu: float[B,D], logvar: float[B,D], d_log_weights: float[B,K]) -> d_log_likelihood: float[B,K], d_z: float[B,K,D], d_mu: float[B,D], d_logvar: float[B,D]")]
    (Tensor? DLogLikelihood, Tensor? DZ, Tensor? DMu, Tensor? DLogvar) ImportanceLogWeightsVjp(
        Tensor logLikelihood, Tensor z, Tensor mu, Tensor logvar, Tensor dLogWeights) => throw new NotImplementedException();
}
