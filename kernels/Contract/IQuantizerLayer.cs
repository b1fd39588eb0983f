namespace LatentConformance.Contract;

/// <summary>
/// A quantizer as a model holds it: lookup, straight-through and loss in one. The loss is a mean over every element of the rows
/// that count, and the mean of no rows is refused.
/// </summary>
public interface IQuantizerLayer
{
    /// <summary>
    /// Rows whose mask is 0 are padding: they come back as they went in, take the index −1 and have no part in the loss. The loss is
    /// the mean of (sg(z) − e)² + beta · (z − sg(e))²; where training is 0 it is a zero of the same shape.
    /// </summary>
    [Operation("vq_layer(z: float[N,D], codebook: float[K,D], beta: float, mask: float[N], training: int) -> quantized: float[N,D], indices: int[N], loss: float")]
    [Domain("mask in {0, 1}")]
    (Tensor? Quantized, Tensor? Indices, Tensor? Loss) VqLayer(Tensor z, Tensor codebook, double beta, Tensor mask, long training) => throw new NotImplementedException();

    [Operation("vq_layer.vjp(z: float[N,D], codebook: float[K,D], beta: float, mask: float[N], training: int, d_quantized: float[N,D], d_loss: float) -> d_z: float[N,D], d_codebook: float[K,D]")]
    [Honours(Conventions.EstimatorName, Conventions.BetaName)]
    (Tensor? DZ, Tensor? DCodebook) VqLayerVjp(Tensor z, Tensor codebook, double beta, Tensor mask, long training, Tensor dQuantized, double dLoss) => throw new NotImplementedException();

    /// <summary>
    /// A training step whose codebook learns by ema_update: quantized and loss, the mean of beta · (z − sg(e))², are of the codebook as
    /// it came in. The new state is detached: nothing that is made of it reaches z, and the codebook gets no gradient at all.
    /// </summary>
    [Operation("vq_ema_layer(z: float[N,D], codebook: float[K,D], counts: float[K], sums: float[K,D], beta: float, decay: float, epsilon: float) -> quantized: float[N,D], indices: int[N], loss: float, new_codebook: float[K,D], new_counts: float[K], new_sums: float[K,D]")]
    (Tensor? Quantized, Tensor? Indices, Tensor? Loss, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqEmaLayer(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, double beta, double decay, double epsilon) => throw new NotImplementedException();

    [Operation("vq_ema_layer.vjp(z: float[N,D], codebook: float[K,D], counts: float[K], sums: float[K,D], beta: float, decay: float, epsilon: float, d_quantized: float[N,D], d_loss: float, d_new_codebook: float[K,D]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    [Honours(Conventions.EstimatorName)]
    (Tensor? DZ, Tensor? DCodebook) VqEmaLayerVjp(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, double beta, double decay, double epsilon, Tensor dQuantized, double dLoss, Tensor dNewCodebook) => throw new NotImplementedException();
}
