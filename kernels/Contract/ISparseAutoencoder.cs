namespace LatentConformance.Contract;

/// <summary>Autoencoders held back by something other than a narrow code: sparsity, noise, a small Jacobian, tied weights.</summary>
public interface ISparseAutoencoder
{
    /// <summary>Σ_j KL(rho ‖ mean of unit j over the batch): one value for the batch, activations in (0, 1).</summary>
    [Operation("kl_sparsity(activations: float[B,H], rho: float) -> penalty: float")]
    Tensor KlSparsity(Tensor activations, double rho) => throw new NotImplementedException();

    [Operation("kl_sparsity.vjp(activations: float[B,H], rho: float, d_penalty: float) -> d_activations: float[B,H]")]
    Tensor KlSparsityVjp(Tensor activations, double rho, double dPenalty) => throw new NotImplementedException();

    /// <summary>Σ_j |h_j|; the slope at 0 is 0.</summary>
    [Operation("l1_sparsity(h: float[B,H]) -> penalty: float[B]")]
    Tensor L1Sparsity(Tensor h) => throw new NotImplementedException();

    [Operation("l1_sparsity.vjp(h: float[B,H], d_penalty: float[B]) -> d_h: float[B,H]")]
    Tensor L1SparsityVjp(Tensor h, Tensor dPenalty) => throw new NotImplementedException();

    /// <summary>The k largest values of a row stay, the others are 0; by value, not by magnitude. Ties go to the lowest index.</summary>
    [Operation("top_k(x: float[B,H], k: int) -> y: float[B,H]")]
    Tensor TopK(Tensor x, long k) => throw new NotImplementedException();

    [Operation("top_k.vjp(x: float[B,H], k: int, d_y: float[B,H]) -> d_x: float[B,H]")]
    Tensor TopKVjp(Tensor x, long k, Tensor dY) => throw new NotImplementedException();

    /// <summary>‖(x + noise) wᵀ − x‖²: the noisy input goes in, the clean one is the target.</summary>
    [Operation("denoising_loss(x: float[B,D], noise: float[B,D], w: float[D,D]) -> loss: float[B]")]
    Tensor DenoisingLoss(Tensor x, Tensor noise, Tensor w) => throw new NotImplementedException();

    [Operation("denoising_loss.vjp(x: float[B,D], noise: float[B,D], w: float[D,D], d_loss: float[B]) -> d_w: float[D,D]")]
    Tensor DenoisingLossVjp(Tensor x, Tensor noise, Tensor w, Tensor dLoss) => throw new NotImplementedException();

    /// <summary>‖∂h/∂x‖² of the encoder h = sigmoid(x wᵀ + b): the squared Frobenius norm, a value a sample.</summary>
    [Operation("contractive_penalty(x: float[B,D], w: float[H,D], b: float[H]) -> penalty: float[B]")]
    Tensor ContractivePenalty(Tensor x, Tensor w, Tensor b) => throw new NotImplementedException();

    [Operation("contractive_penalty.vjp(x: float[B,D], w: float[H,D], b: float[H], d_penalty: float[B]) -> d_x: float[B,D], d_w: float[H,D], d_b: float[H]")]
    (Tensor? DX, Tensor? DW, Tensor? DB) ContractivePenaltyVjp(Tensor x, Tensor w, Tensor b, Tensor dPenalty) => throw new NotImplementedException();

    /// <summary>(x wᵀ) w: one matrix encodes and decodes, and collects the gradient of both uses.</summary>
    [Operation("tied_linear(x: float[B,D], w: float[H,D]) -> x_hat: float[B,D]")]
    Tensor TiedLinear(Tensor x, Tensor w) => throw new NotImplementedException();

    [Operation("tied_linear.vjp(x: float[B,D], w: float[H,D], d_x_hat: float[B,D]) -> d_x: float[B,D], d_w: float[H,D]")]
    (Tensor? DX, Tensor? DW) TiedLinearVjp(Tensor x, Tensor w, Tensor dXHat) => throw new NotImplementedException();

    /// <summary>(x vᵀ) v with v = w + update: after a step the decoder is still the encoder's transpose.</summary>
    [Operation("tied_linear_updated(x: float[B,D], w: float[H,D], update: float[H,D]) -> x_hat: float[B,D]")]
    Tensor TiedLinearUpdated(Tensor x, Tensor w, Tensor update) => throw new NotImplementedException();

    [Operation("tied_linear_updated.vjp(x: float[B,D], w: float[H,D], update: float[H,D], d_x_hat: float[B,D]) -> d_x: float[B,D], d_w: float[H,D], d_update: float[H,D]")]
    (Tensor? DX, Tensor? DW, Tensor? DUpdate) TiedLinearUpdatedVjp(Tensor x, Tensor w, Tensor update, Tensor dXHat) => throw new NotImplementedException();

    /// <summary>In training (1) 0 where the uniform is below the rate, and x itself, not rescaled, elsewhere; in evaluation (0) x.</summary>
    [Operation("masking_noise(x: float[B,D], uniforms: float[B,D], rate: float, training: int) -> y: float[B,D]")]
    Tensor MaskingNoise(Tensor x, Tensor uniforms, double rate, long training) => throw new NotImplementedException();

    [Operation("masking_noise.vjp(x: float[B,D], uniforms: float[B,D], rate: float, training: int, d_y: float[B,D]) -> d_x: float[B,D]")]
    Tensor MaskingNoiseVjp(Tensor x, Tensor uniforms, double rate, long training, Tensor dY) => throw new NotImplementedException();
}
