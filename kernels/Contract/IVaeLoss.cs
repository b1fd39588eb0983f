namespace LatentConformance.Contract;

/// <summary>The training loss: a reconstruction term plus beta times the KL to the standard normal, a value a sample.</summary>
public interface IVaeLoss
{
    /// <summary>‖x − x̂‖² + beta · KL.</summary>
    [Operation("vae_loss(x: float[B,M], x_hat: float[B,M], mu: float[B,D], logvar: float[B,D], beta: float) -> loss: float[B], reconstruction: float[B], kl: float[B]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    [Total("loss", "reconstruction", "kl", Weight = "beta")]
    (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLoss(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) => throw new NotImplementedException();

    [Operation("vae_loss.vjp(x: float[B,M], x_hat: float[B,M], mu: float[B,D], logvar: float[B,D], beta: float, d_loss: float[B]) -> d_x_hat: float[B,M], d_mu: float[B,D], d_logvar: float[B,D]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>BCE + beta · KL, with the documents' 1e-8 in the logarithms.</summary>
    [Operation("vae_loss_bce(x: float[B,M], x_hat: float[B,M], mu: float[B,D], logvar: float[B,D], beta: float) -> loss: float[B], reconstruction: float[B], kl: float[B]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    [Total("loss", "reconstruction", "kl", Weight = "beta")]
    (Tensor? Loss, Tensor? Reconstruction, Tensor? Kl) VaeLossBce(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) => throw new NotImplementedException();

    [Operation("vae_loss_bce.vjp(x: float[B,M], x_hat: float[B,M], mu: float[B,D], logvar: float[B,D], beta: float, d_loss: float[B]) -> d_x_hat: float[B,M], d_mu: float[B,D], d_logvar: float[B,D]")]
    [Honours(Conventions.ReduceName, Conventions.ClampName)]
    (Tensor? DXHat, Tensor? DMu, Tensor? DLogvar) VaeLossBceVjp(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>The weight of the KL at a step: min(1, step / warmup_steps).</summary>
    [Operation("kl_warmup(step: int[N], warmup_steps: int) -> beta: float[N]")]
    Tensor KlWarmup(Tensor step, long warmupSteps) => throw new NotImplementedException();
}
