namespace LatentConformance.Contract;

/// <summary>
/// Vector quantization on the sphere: vectors and codes count by their direction alone, x̂ = x / max(‖x‖, epsilon), so that a vector of
/// zeros stays one. Ties go to the lowest index.
/// </summary>
public interface ICosineQuantizer
{
    /// <summary>k_i = argmax_k ẑ_i·ê_k.</summary>
    [Operation("vq_assign_cosine(z: float[N,D], codebook: float[K,D], epsilon: float) -> indices: int[N]")]
    Tensor VqAssignCosine(Tensor z, Tensor codebook, double epsilon) => throw new NotImplementedException();

    /// <summary>Forward ê_k; backward straight through to ẑ, and on through the normalisation to z.</summary>
    [Operation("vq_quantize_cosine(z: float[N,D], codebook: float[K,D], epsilon: float) -> quantized: float[N,D], indices: int[N]")]
    (Tensor? Quantized, Tensor? Indices) VqQuantizeCosine(Tensor z, Tensor codebook, double epsilon) => throw new NotImplementedException();

    [Operation("vq_quantize_cosine.vjp(z: float[N,D], codebook: float[K,D], epsilon: float, d_quantized: float[N,D]) -> d_z: float[N,D], d_codebook: float[K,D]")]
    (Tensor? DZ, Tensor? DCodebook) VqQuantizeCosineVjp(Tensor z, Tensor codebook, double epsilon, Tensor dQuantized) => throw new NotImplementedException();
}
