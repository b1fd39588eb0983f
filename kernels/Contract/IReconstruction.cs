namespace LatentConformance.Contract;

/// <summary>Reconstruction losses, a value a sample: x is the data, x_hat the decoder's output.</summary>
public interface IReconstruction
{
    /// <summary>‖x − x̂‖².</summary>
    [Operation("squared_error_sum(x: float[B,D], x_hat: float[B,D]) -> loss: float[B]")]
    [Honours(Conventions.ReduceName)]
    Tensor SquaredErrorSum(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("squared_error_sum.vjp(x: float[B,D], x_hat: float[B,D], d_loss: float[B]) -> d_x_hat: float[B,D]")]
    [Honours(Conventions.ReduceName)]
    Tensor SquaredErrorSumVjp(Tensor x, Tensor xHat, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>‖x − x̂‖² / D.</summary>
    [Operation("squared_error_mean(x: float[B,D], x_hat: float[B,D]) -> loss: float[B]")]
    [Honours(Conventions.ReduceName)]
    Tensor SquaredErrorMean(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("squared_error_mean.vjp(x: float[B,D], x_hat: float[B,D], d_loss: float[B]) -> d_x_hat: float[B,D]")]
    [Honours(Conventions.ReduceName)]
    Tensor SquaredErrorMeanVjp(Tensor x, Tensor xHat, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>−Σ x log(x̂ + 1e-8) + (1 − x) log(1 − x̂ + 1e-8): the documents' form, which takes probabilities.</summary>
    [Operation("bce(x: float[B,D], x_hat: float[B,D]) -> loss: float[B]")]
    [Domain("x_hat in [0, 1] or nan")]
    [Honours(Conventions.ReduceName)]
    Tensor Bce(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("bce.vjp(x: float[B,D], x_hat: float[B,D], d_loss: float[B]) -> d_x_hat: float[B,D]")]
    [Honours(Conventions.ReduceName)]
    Tensor BceVjp(Tensor x, Tensor xHat, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>Σ max(l, 0) − l·x + log1p(e^−|l|): the stable form, which takes logits.</summary>
    [Operation("bce_logits(x: float[B,D], logits: float[B,D]) -> loss: float[B]")]
    [Honours(Conventions.ReduceName)]
    Tensor BceLogits(Tensor x, Tensor logits) => throw new NotImplementedException();

    [Operation("bce_logits.vjp(x: float[B,D], logits: float[B,D], d_loss: float[B]) -> d_logits: float[B,D]")]
    [Honours(Conventions.ReduceName)]
    Tensor BceLogitsVjp(Tensor x, Tensor logits, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>Σ |x − x̂|.</summary>
    [Operation("l1(x: float[B,D], x_hat: float[B,D]) -> loss: float[B]")]
    [Honours(Conventions.ReduceName)]
    Tensor L1(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("l1.vjp(x: float[B,D], x_hat: float[B,D], d_loss: float[B]) -> d_x_hat: float[B,D]")]
    [Honours(Conventions.ReduceName)]
    Tensor L1Vjp(Tensor x, Tensor xHat, Tensor dLoss) => throw new NotImplementedException();
}
