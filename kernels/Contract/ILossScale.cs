namespace LatentConformance.Contract;

/// <summary>Scales that a loss does not show: the range of an output, what was summed, and what the sum was divided by.</summary>
public interface ILossScale
{
    /// <summary>The decoder's last layer for data in [0, 1]: 1 / (1 + e^−h).</summary>
    [Operation("unit_output(h: float[B,D]) -> x_hat: float[B,D]")]
    Tensor UnitOutput(Tensor h) => throw new NotImplementedException();

    [Operation("unit_output.vjp(h: float[B,D], d_x_hat: float[B,D]) -> d_h: float[B,D]")]
    Tensor UnitOutputVjp(Tensor h, Tensor dXHat) => throw new NotImplementedException();

    /// <summary>From the range [−1, 1] of a tanh to [0, 1]: (y + 1) / 2.</summary>
    [Operation("signed_to_unit(y: float[B,D]) -> x: float[B,D]")]
    Tensor SignedToUnit(Tensor y) => throw new NotImplementedException();

    [Operation("signed_to_unit.vjp(y: float[B,D], d_x: float[B,D]) -> d_y: float[B,D]")]
    Tensor SignedToUnitVjp(Tensor y, Tensor dX) => throw new NotImplementedException();

    /// <summary>Σ (x − x̂)² / (B·D), one number for the batch: reduction "mean", spelled out.</summary>
    [Operation("squared_error_overall_mean(x: float[B,D], x_hat: float[B,D]) -> loss: float")]
    Tensor SquaredErrorOverallMean(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("squared_error_overall_mean.vjp(x: float[B,D], x_hat: float[B,D], d_loss: float) -> d_x_hat: float[B,D]")]
    Tensor SquaredErrorOverallMeanVjp(Tensor x, Tensor xHat, double dLoss) => throw new NotImplementedException();

    /// <summary>Σ (x − x̂)² / B, one number for the batch: summed over a sample, averaged over samples.</summary>
    [Operation("squared_error_batch_mean(x: float[B,D], x_hat: float[B,D]) -> loss: float")]
    Tensor SquaredErrorBatchMean(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("squared_error_batch_mean.vjp(x: float[B,D], x_hat: float[B,D], d_loss: float) -> d_x_hat: float[B,D]")]
    Tensor SquaredErrorBatchMeanVjp(Tensor x, Tensor xHat, double dLoss) => throw new NotImplementedException();

    /// <summary>The mean over all samples of an epoch, from each batch's sum of losses and number of samples: Σ batch_losses / Σ sizes.</summary>
    [Operation("epoch_loss(batch_losses: float[M], sizes: int[M]) -> loss: float")]
    [Domain("sizes in [1, inf)")]
    Tensor EpochLoss(Tensor batchLosses, Tensor sizes) => throw new NotImplementedException();

    [Operation("epoch_loss.vjp(batch_losses: float[M], sizes: int[M], d_loss: float) -> d_batch_losses: float[M]")]
    Tensor EpochLossVjp(Tensor batchLosses, Tensor sizes, double dLoss) => throw new NotImplementedException();

    /// <summary>log Σ_m e^(log_weights_m + log_probs_m), a value a row; the weights as they are given.</summary>
    [Operation("mixture_log_likelihood(log_weights: float[N,M], log_probs: float[N,M]) -> log_likelihood: float[N]")]
    Tensor MixtureLogLikelihood(Tensor logWeights, Tensor logProbs) => throw new NotImplementedException();

    [Operation("mixture_log_likelihood.vjp(log_weights: float[N,M], log_probs: float[N,M], d_log_likelihood: float[N]) -> d_log_weights: float[N,M], d_log_probs: float[N,M]")]
    (Tensor? DLogWeights, Tensor? DLogProbs) MixtureLogLikelihoodVjp(Tensor logWeights, Tensor logProbs, Tensor dLogLikelihood) => throw new NotImplementedException();

    /// <summary>(Σ_d reconstruction + beta Σ_t kl) / D: the KL summed over its T positions, and both divided by the dimensions of the picture.</summary>
    [Operation("dvae_loss(reconstruction: float[B,D], kl: float[B,T], beta: float) -> loss: float[B]")]
    Tensor DvaeLoss(Tensor reconstruction, Tensor kl, double beta) => throw new NotImplementedException();

    [Operation("dvae_loss.vjp(reconstruction: float[B,D], kl: float[B,T], beta: float, d_loss: float[B]) -> d_reconstruction: float[B,D], d_kl: float[B,T]")]
    (Tensor? DReconstruction, Tensor? DKl) DvaeLossVjp(Tensor reconstruction, Tensor kl, double beta, Tensor dLoss) => throw new NotImplementedException();
}
