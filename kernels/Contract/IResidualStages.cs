namespace LatentConformance.Contract;

/// <summary>How many of its Q stages a residual quantizer keeps, and how much they can tell apart.</summary>
public interface IResidualStages
{
    /// <summary>Quantizer dropout: 1 + ⌊u Q⌋ stages are kept, from one to all of them, u in [0, 1).</summary>
    [Operation("quantizer_dropout_stages(uniforms: float[M], stages: int) -> kept: int[M]")]
    [Domain("uniforms in [0, 1)")]
    Tensor QuantizerDropoutStages(Tensor uniforms, long stages) => throw new NotImplementedException();

    /// <summary>
    /// rvq_quantize of which each sample keeps its first stages: a dropped one adds nothing and has the index −1. One
    /// straight-through over what is kept, and nothing is scaled up.
    /// </summary>
    [Operation("rvq_quantize_dropout(z: float[N,D], codebooks: float[Q,K,D], kept: int[N]) -> quantized: float[N,D], indices: int[N,Q]")]
    [Domain("kept in [1, Q]")]
    (Tensor? Quantized, Tensor? Indices) RvqQuantizeDropout(Tensor z, Tensor codebooks, Tensor kept) => throw new NotImplementedException();

    [Operation("rvq_quantize_dropout.vjp(z: float[N,D], codebooks: float[Q,K,D], kept: int[N], d_quantized: float[N,D]) -> d_z: float[N,D], d_codebooks: float[Q,K,D]")]
    (Tensor? DZ, Tensor? DCodebooks) RvqQuantizeDropoutVjp(Tensor z, Tensor codebooks, Tensor kept, Tensor dQuantized) => throw new NotImplementedException();

    /// <summary>log2 of the K^Q sums that Q stages can express, Q log2 K: what a position holds, not what its indices take.</summary>
    [Operation("rvq_capacity_bits(codebook_size: int, stages: int) -> bits: float")]
    Tensor RvqCapacityBits(long codebookSize, long stages) => throw new NotImplementedException();
}
