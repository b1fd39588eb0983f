namespace LatentConformance.Contract;

/// <summary>
/// Lookup-free quantization: each dimension is one bit, so the 2^D codes are known without a table. A bit is set where
/// z &gt; 0, so that zero counts as negative; dimension i has the weight 2^i in the index.
/// </summary>
public interface ILookupFreeQuantizer
{
    /// <summary>codes = ±scale by the sign of z; the gradient passes straight through to z, and scale is a constant.</summary>
    [Operation("lfq_quantize(z: float[N,D], scale: float) -> codes: float[N,D], indices: int[N]")]
    (Tensor? Codes, Tensor? Indices) LfqQuantize(Tensor z, double scale) => throw new NotImplementedException();

    [Operation("lfq_quantize.vjp(z: float[N,D], scale: float, d_codes: float[N,D]) -> d_z: float[N,D]")]
    Tensor LfqQuantizeVjp(Tensor z, double scale, Tensor dCodes) => throw new NotImplementedException();

    /// <summary>The bits of an index as ±scale, lowest bit first.</summary>
    [Operation("lfq_indices_to_codes(indices: int[N], dimensions: int, scale: float) -> codes: float[N,D]")]
    [Domain("indices in [0, 2^dimensions)")]
    Tensor LfqIndicesToCodes(Tensor indices, long dimensions, double scale) => throw new NotImplementedException();

    [Operation("lfq_indices_to_codes.vjp(indices: int[N], dimensions: int, scale: float, d_codes: float[N,D]) -> d_scale: float")]
    Tensor LfqIndicesToCodesVjp(Tensor indices, long dimensions, double scale, Tensor dCodes) => throw new NotImplementedException();

    /// <summary>A large token as two smaller ones: low = index mod 2^low_bits, high = index div 2^low_bits.</summary>
    [Operation("lfq_split_tokens(indices: int[N], low_bits: int) -> high: int[N], low: int[N]")]
    [Domain("indices in [0, inf)")]
    (Tensor? High, Tensor? Low) LfqSplitTokens(Tensor indices, long lowBits) => throw new NotImplementedException();

    /// <summary>And back: high · 2^low_bits + low.</summary>
    [Operation("lfq_join_tokens(high: int[N], low: int[N], low_bits: int) -> indices: int[N]")]
    [Domain("low in [0, 2^low_bits)")]
    Tensor LfqJoinTokens(Tensor high, Tensor low, long lowBits) => throw new NotImplementedException();

    /// <summary>
    /// p_n = softmax over all 2^D codes c of 2 · inverse_temperature · z_n·c. sample_entropy_n = H(p_n), codebook_entropy =
    /// H(mean_n p_n), loss = mean_n H(p_n) − gamma · H(mean_n p_n): each sample sure of its code, all codes in use. Entropies
    /// are sums over the codes, in nats.
    /// </summary>
    [Operation("lfq_entropy(z: float[N,D], scale: float, inverse_temperature: float, gamma: float) -> loss: float, sample_entropy: float[N], codebook_entropy: float")]
    [Total("loss", "sample_entropy", "codebook_entropy")]
    (Tensor? Loss, Tensor? SampleEntropy, Tensor? CodebookEntropy) LfqEntropy(Tensor z, double scale, double inverseTemperature, double gamma) => throw new NotImplementedException();

    [Operation("lfq_entropy.vjp(z: float[N,D], scale: float, inverse_temperature: float, gamma: float, d_loss: float, d_sample_entropy: float[N], d_codebook_entropy: float) -> d_z: float[N,D]")]
    Tensor LfqEntropyVjp(Tensor z, double scale, double inverseTemperature, double gamma, double dLoss, Tensor dSampleEntropy, double dCodebookEntropy) => throw new NotImplementedException();

    /// <summary>
    /// The same where tokens whose mask is 0 are padding: they are taken out before either entropy, and before either mean.
    /// sample_entropy is the mean of H(p_n) over those that are left.
    /// </summary>
    [Operation("lfq_entropy_masked(z: float[N,D], mask: float[N], scale: float, inverse_temperature: float, gamma: float) -> loss: float, sample_entropy: float, codebook_entropy: float")]
    [Domain("mask in {0, 1}")]
    (Tensor? Loss, Tensor? SampleEntropy, Tensor? CodebookEntropy) LfqEntropyMasked(Tensor z, Tensor mask, double scale, double inverseTemperature, double gamma) => throw new NotImplementedException();

    [Operation("lfq_entropy_masked.vjp(z: float[N,D], mask: float[N], scale: float, inverse_temperature: float, gamma: float, d_loss: float, d_sample_entropy: float, d_codebook_entropy: float) -> d_z: float[N,D]")]
    Tensor LfqEntropyMaskedVjp(Tensor z, Tensor mask, double scale, double inverseTemperature, double gamma, double dLoss, double dSampleEntropy, double dCodebookEntropy) => throw new NotImplementedException();

    /// <summary>
    /// Binary spherical quantization: u = z/‖z‖, codes = ±1/√D by the sign of u, on the unit sphere. The gradient passes the
    /// sign straight through and goes on through the normalization, as automatic differentiation has it.
    /// </summary>
    [Operation("bsq_quantize(z: float[N,D]) -> codes: float[N,D], indices: int[N]")]
    (Tensor? Codes, Tensor? Indices) BsqQuantize(Tensor z) => throw new NotImplementedException();

    [Operation("bsq_quantize.vjp(z: float[N,D], d_codes: float[N,D]) -> d_z: float[N,D]")]
    Tensor BsqQuantizeVjp(Tensor z, Tensor dCodes) => throw new NotImplementedException();
}
