namespace LatentConformance.Contract;

/// <summary>Normalisation inside a sample: what a batch size of one, or another sample, must not change.</summary>
public interface INormalisation
{
    /// <summary>
    /// (x − mean) / sqrt(variance + epsilon) · gamma + beta; mean and variance (divided by n) over the rows, columns and
    /// C / groups consecutive channels of a group, gamma and beta a channel.
    /// </summary>
    [Operation("group_norm(x: float[B,C,H,W], gamma: float[C], beta: float[C], groups: int, epsilon: float) -> y: float[B,C,H,W]")]
    Tensor GroupNorm(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon) => throw new NotImplementedException();

    [Operation("group_norm.vjp(x: float[B,C,H,W], gamma: float[C], beta: float[C], groups: int, epsilon: float, d_y: float[B,C,H,W]) -> d_x: float[B,C,H,W], d_gamma: float[C], d_beta: float[C]")]
    (Tensor? DX, Tensor? DGamma, Tensor? DBeta) GroupNormVjp(Tensor x, Tensor gamma, Tensor beta, long groups, double epsilon, Tensor dY) => throw new NotImplementedException();
}
