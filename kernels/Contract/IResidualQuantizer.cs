namespace LatentConformance.Contract;

/// <summary>
/// Quantizers composed of several codebooks: one after another on what the last left over (residual), or side by side on
/// chunks of the vector (grouped). Ties go to the lowest index.
/// </summary>
public interface IResidualQuantizer
{
    /// <summary>
    /// r_1 = z, q_i the code of codebook i nearest to r_i, r_{i+1} = r_i − q_i; quantized = Σ q_i. One straight-through
    /// over the whole sum: the gradient reaches z once, whatever Q is.
    /// </summary>
    [Operation("rvq_quantize(z: float[N,D], codebooks: float[Q,K,D]) -> quantized: float[N,D], indices: int[N,Q]")]
    (Tensor? Quantized, Tensor? Indices) RvqQuantize(Tensor z, Tensor codebooks) => throw new NotImplementedException();

    [Operation("rvq_quantize.vjp(z: float[N,D], codebooks: float[Q,K,D], d_quantized: float[N,D]) -> d_z: float[N,D], d_codebooks: float[Q,K,D]")]
    (Tensor? DZ, Tensor? DCodebooks) RvqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>Σ of the codes that the indices name, stage i from codebook i; −1 is a dropped stage and adds nothing.</summary>
    [Operation("rvq_decode(indices: int[N,Q], codebooks: float[Q,K,D]) -> quantized: float[N,D]")]
    [Domain("indices in [-1, K)")]
    Tensor RvqDecode(Tensor indices, Tensor codebooks) => throw new NotImplementedException();

    [Operation("rvq_decode.vjp(indices: int[N,Q], codebooks: float[Q,K,D], d_quantized: float[N,D]) -> d_codebooks: float[Q,K,D]")]
    Tensor RvqDecodeVjp(Tensor indices, Tensor codebooks, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>
    /// Commitment at every stage: Σ_i ‖r_i − sg(q_i)‖² with r_i = z − Σ_{j&lt;i} sg(q_j). Every stage pulls z, none moves a
    /// codebook. The weight beta is not in it.
    /// </summary>
    [Operation("rvq_loss(z: float[N,D], codebooks: float[Q,K,D]) -> loss: float[N]")]
    Tensor RvqLoss(Tensor z, Tensor codebooks) => throw new NotImplementedException();

    [Operation("rvq_loss.vjp(z: float[N,D], codebooks: float[Q,K,D], d_loss: float[N]) -> d_z: float[N,D], d_codebooks: float[Q,K,D]")]
    (Tensor? DZ, Tensor? DCodebooks) RvqLossVjp(Tensor z, Tensor codebooks, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>Chunk g of z, the C numbers from g·C on, takes the nearest code of codebook g; D = G·C. Straight-through.</summary>
    [Operation("grouped_vq_quantize(z: float[N,D], codebooks: float[G,K,C]) -> quantized: float[N,D], indices: int[N,G]")]
    (Tensor? Quantized, Tensor? Indices) GroupedVqQuantize(Tensor z, Tensor codebooks) => throw new NotImplementedException();

    [Operation("grouped_vq_quantize.vjp(z: float[N,D], codebooks: float[G,K,C], d_quantized: float[N,D]) -> d_z: float[N,D], d_codebooks: float[G,K,C]")]
    (Tensor? DZ, Tensor? DCodebooks) GroupedVqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized) => throw new NotImplementedException();
}
