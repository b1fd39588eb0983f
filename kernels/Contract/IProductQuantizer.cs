namespace LatentConformance.Contract;

/// <summary>
/// Product quantization: the codebook is the product of G small ones, K^G codes that are never listed. It differs from
/// grouped_vq_quantize in what it calls a token: there G of them a vector, here one, code = Σ_g k_g K^g, the first chunk
/// the lowest digit. Codes are whole numbers below 2^62.
/// </summary>
public interface IProductQuantizer
{
    /// <summary>Chunk g of z, the C numbers from g·C on, takes the nearest code of codebook g; D = G·C. Ties go to the lowest index. Straight-through.</summary>
    [Operation("product_vq_quantize(z: float[N,D], codebooks: float[G,K,C]) -> quantized: float[N,D], indices: int[N,G], code: int[N]")]
    (Tensor? Quantized, Tensor? Indices, Tensor? Code) ProductVqQuantize(Tensor z, Tensor codebooks) => throw new NotImplementedException();

    [Operation("product_vq_quantize.vjp(z: float[N,D], codebooks: float[G,K,C], d_quantized: float[N,D]) -> d_z: float[N,D], d_codebooks: float[G,K,C]")]
    (Tensor? DZ, Tensor? DCodebooks) ProductVqQuantizeVjp(Tensor z, Tensor codebooks, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>And back: digit g of the code to base K names the code of chunk g.</summary>
    [Operation("product_vq_decode(code: int[N], codebooks: float[G,K,C]) -> quantized: float[N,D]")]
    [Domain("code in [0, K^G)")]
    Tensor ProductVqDecode(Tensor code, Tensor codebooks) => throw new NotImplementedException();

    [Operation("product_vq_decode.vjp(code: int[N], codebooks: float[G,K,C], d_quantized: float[N,D]) -> d_codebooks: float[G,K,C]")]
    Tensor ProductVqDecodeVjp(Tensor code, Tensor codebooks, Tensor dQuantized) => throw new NotImplementedException();
}
