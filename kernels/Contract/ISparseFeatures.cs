namespace LatentConformance.Contract;

/// <summary>
/// Sparse autoencoders as dictionaries: H features, of which few are active, each with a direction of its own, a column of
/// decoder[D,H]. b_dec is the point about which they are counted.
/// </summary>
public interface ISparseFeatures
{
    /// <summary>(x − b_dec) w_encᵀ + b_enc; the activation is left to top_k, jump_relu or a rectifier.</summary>
    [Operation("sae_pre_activation(x: float[B,D], w_enc: float[H,D], b_enc: float[H], b_dec: float[D]) -> pre: float[B,H]")]
    Tensor SaePreActivation(Tensor x, Tensor wEnc, Tensor bEnc, Tensor bDec) => throw new NotImplementedException();

    [Operation("sae_pre_activation.vjp(x: float[B,D], w_enc: float[H,D], b_enc: float[H], b_dec: float[D], d_pre: float[B,H]) -> d_x: float[B,D], d_w_enc: float[H,D], d_b_enc: float[H], d_b_dec: float[D]")]
    (Tensor? DX, Tensor? DWEnc, Tensor? DBEnc, Tensor? DBDec) SaePreActivationVjp(Tensor x, Tensor wEnc, Tensor bEnc, Tensor bDec, Tensor dPre) => throw new NotImplementedException();

    /// <summary>pre where it is above exp(log_threshold), else 0; the bandwidth is that of the gradient only.</summary>
    [Operation("jump_relu(pre: float[B,H], log_threshold: float[H], bandwidth: float) -> h: float[B,H]")]
    Tensor JumpRelu(Tensor pre, Tensor logThreshold, double bandwidth) => throw new NotImplementedException();

    /// <summary>To the threshold through a rectangle of that width about it, to pre where it is active.</summary>
    [Operation("jump_relu.vjp(pre: float[B,H], log_threshold: float[H], bandwidth: float, d_h: float[B,H]) -> d_pre: float[B,H], d_log_threshold: float[H]")]
    (Tensor? DPre, Tensor? DLogThreshold) JumpReluVjp(Tensor pre, Tensor logThreshold, double bandwidth, Tensor dH) => throw new NotImplementedException();

    /// <summary>How many pre-activations of a sample are above exp(log_threshold).</summary>
    [Operation("l0_sparsity(pre: float[B,H], log_threshold: float[H], bandwidth: float) -> penalty: float[B]")]
    Tensor L0Sparsity(Tensor pre, Tensor logThreshold, double bandwidth) => throw new NotImplementedException();

    /// <summary>To the threshold through the same rectangle; nothing to pre.</summary>
    [Operation("l0_sparsity.vjp(pre: float[B,H], log_threshold: float[H], bandwidth: float, d_penalty: float[B]) -> d_pre: float[B,H], d_log_threshold: float[H]")]
    (Tensor? DPre, Tensor? DLogThreshold) L0SparsityVjp(Tensor pre, Tensor logThreshold, double bandwidth, Tensor dPenalty) => throw new NotImplementedException();

    /// <summary>Σ_j |h_j| ‖column j of the decoder‖: what an activation adds to the reconstruction, however it is scaled.</summary>
    [Operation("l1_sparsity_weighted(h: float[B,H], decoder: float[D,H]) -> penalty: float[B]")]
    Tensor L1SparsityWeighted(Tensor h, Tensor decoder) => throw new NotImplementedException();

    [Operation("l1_sparsity_weighted.vjp(h: float[B,H], decoder: float[D,H], d_penalty: float[B]) -> d_h: float[B,H], d_decoder: float[D,H]")]
    (Tensor? DH, Tensor? DDecoder) L1SparsityWeightedVjp(Tensor h, Tensor decoder, Tensor dPenalty) => throw new NotImplementedException();

    /// <summary>Every column over its norm: one direction a feature.</summary>
    [Operation("unit_norm_decoder(decoder: float[D,H]) -> unit: float[D,H]")]
    Tensor UnitNormDecoder(Tensor decoder) => throw new NotImplementedException();

    [Operation("unit_norm_decoder.vjp(decoder: float[D,H], d_unit: float[D,H]) -> d_decoder: float[D,H]")]
    Tensor UnitNormDecoderVjp(Tensor decoder, Tensor dUnit) => throw new NotImplementedException();

    /// <summary>
    /// ‖e‖² + coefficient · ‖decoder h_aux − sg(e)‖², e = x − b_dec − decoder h: the dead features' activations h_aux account for
    /// the error that the living ones leave, which b_dec is no part of.
    /// </summary>
    [Operation("auxk_loss(x: float[B,D], h: float[B,H], h_aux: float[B,H], decoder: float[D,H], b_dec: float[D], coefficient: float) -> loss: float[B], reconstruction: float[B], aux: float[B]")]
    (Tensor? Loss, Tensor? Reconstruction, Tensor? Aux) AuxkLoss(Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec, double coefficient) => throw new NotImplementedException();

    [Operation("auxk_loss.vjp(x: float[B,D], h: float[B,H], h_aux: float[B,H], decoder: float[D,H], b_dec: float[D], coefficient: float, d_loss: float[B]) -> d_h: float[B,H], d_h_aux: float[B,H], d_decoder: float[D,H], d_b_dec: float[D]")]
    (Tensor? DH, Tensor? DHAux, Tensor? DDecoder, Tensor? DBDec) AuxkLossVjp(Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec, double coefficient, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>How many dead features are asked: half of x's dimensions, or all the dead where they are fewer.</summary>
    [Operation("auxk_count(dimensions: int, features: int, dead: int[N]) -> k: int[N]")]
    [Domain("dead in [0, features]")]
    Tensor AuxkCount(long dimensions, long features, Tensor dead) => throw new NotImplementedException();
}
