namespace LatentConformance.Contract;

/// <summary>Vector quantization: z is the encoder's output, codebook the K learned vectors. Ties go to the lowest index.</summary>
public interface IVectorQuantizer
{
    /// <summary>k_i = argmin_k ‖z_i − e_k‖².</summary>
    [Operation("vq_assign(z: float[N,D], codebook: float[K,D]) -> indices: int[N]")]
    Tensor VqAssign(Tensor z, Tensor codebook) => throw new NotImplementedException();

    /// <summary>Forward e_k; the gradient passes the argmin by the declared estimator.</summary>
    [Operation("vq_quantize(z: float[N,D], codebook: float[K,D]) -> quantized: float[N,D], indices: int[N]")]
    (Tensor? Quantized, Tensor? Indices) VqQuantize(Tensor z, Tensor codebook) => throw new NotImplementedException();

    [Operation("vq_quantize.vjp(z: float[N,D], codebook: float[K,D], d_quantized: float[N,D]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    [Honours(Conventions.EstimatorName)]
    (Tensor? DZ, Tensor? DCodebook) VqQuantizeVjp(Tensor z, Tensor codebook, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>The same for a feature map: each of the H·W positions is a vector of its D channels.</summary>
    [Operation("vq_quantize_map(z: float[B,D,H,W], codebook: float[K,D]) -> quantized: float[B,D,H,W], indices: int[B,H,W]")]
    (Tensor? Quantized, Tensor? Indices) VqQuantizeMap(Tensor z, Tensor codebook) => throw new NotImplementedException();

    [Operation("vq_quantize_map.vjp(z: float[B,D,H,W], codebook: float[K,D], d_quantized: float[B,D,H,W]) -> d_z: float[B,D,H,W], d_codebook: float[K,D]")]
    [Honours(Conventions.EstimatorName)]
    (Tensor? DZ, Tensor? DCodebook) VqQuantizeMapVjp(Tensor z, Tensor codebook, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>z + sg(quantized − z): the value of the code, the gradient of the identity in z.</summary>
    [Operation("straight_through(z: float[N,D], quantized: float[N,D]) -> output: float[N,D]")]
    Tensor StraightThrough(Tensor z, Tensor quantized) => throw new NotImplementedException();

    [Operation("straight_through.vjp(z: float[N,D], quantized: float[N,D], d_output: float[N,D]) -> d_z: float[N,D], d_quantized: float[N,D]")]
    (Tensor? DZ, Tensor? DQuantized) StraightThroughVjp(Tensor z, Tensor quantized, Tensor dOutput) => throw new NotImplementedException();

    /// <summary>‖sg(z) − e‖²: moves the chosen codes towards the encoder.</summary>
    [Operation("codebook_loss(z: float[N,D], codebook: float[K,D]) -> loss: float[N]")]
    [Honours(Conventions.ReduceName)]
    Tensor CodebookLoss(Tensor z, Tensor codebook) => throw new NotImplementedException();

    [Operation("codebook_loss.vjp(z: float[N,D], codebook: float[K,D], d_loss: float[N]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    [Honours(Conventions.ReduceName)]
    (Tensor? DZ, Tensor? DCodebook) CodebookLossVjp(Tensor z, Tensor codebook, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>‖z − sg(e)‖²: keeps the encoder near its code. The weight beta is not in it.</summary>
    [Operation("commitment_loss(z: float[N,D], codebook: float[K,D]) -> loss: float[N]")]
    [Honours(Conventions.ReduceName)]
    Tensor CommitmentLoss(Tensor z, Tensor codebook) => throw new NotImplementedException();

    [Operation("commitment_loss.vjp(z: float[N,D], codebook: float[K,D], d_loss: float[N]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    [Honours(Conventions.ReduceName)]
    (Tensor? DZ, Tensor? DCodebook) CommitmentLossVjp(Tensor z, Tensor codebook, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>‖sg(z) − e‖² + beta · ‖z − sg(e)‖²: the two joined, where the worst mistakes live.</summary>
    [Operation("vq_loss(z: float[N,D], codebook: float[K,D], beta: float) -> loss: float[N], codebook_term: float[N], commitment_term: float[N]")]
    [Honours(Conventions.ReduceName, Conventions.BetaName)]
    [Total("loss", "codebook_term", "commitment_term")]
    (Tensor? Loss, Tensor? CodebookTerm, Tensor? CommitmentTerm) VqLoss(Tensor z, Tensor codebook, double beta) => throw new NotImplementedException();

    [Operation("vq_loss.vjp(z: float[N,D], codebook: float[K,D], beta: float, d_loss: float[N]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    [Honours(Conventions.ReduceName, Conventions.BetaName)]
    (Tensor? DZ, Tensor? DCodebook) VqLossVjp(Tensor z, Tensor codebook, double beta, Tensor dLoss) => throw new NotImplementedException();
}
