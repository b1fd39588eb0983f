namespace LatentConformance.Contract;

/// <summary>Figures that are reported: quality in decibels and bits, sizes counted honestly, latents in use.</summary>
public interface IMetrics
{
    /// <summary>10 log10(data_range² / mse), a value a sample; a perfect reconstruction has infinitely many decibels.</summary>
    [Operation("psnr(x: float[B,D], x_hat: float[B,D], data_range: float) -> psnr: float[B]")]
    Tensor Psnr(Tensor x, Tensor xHat, double dataRange) => throw new NotImplementedException();

    [Operation("psnr.vjp(x: float[B,D], x_hat: float[B,D], data_range: float, d_psnr: float[B]) -> d_x_hat: float[B,D]")]
    Tensor PsnrVjp(Tensor x, Tensor xHat, double dataRange, Tensor dPsnr) => throw new NotImplementedException();

    /// <summary>Σ (x − x̂)² / D of bytes, 0 to 255 each: differences have a sign and squares more than 8 bits.</summary>
    [Operation("mse_bytes(x: int[B,D], x_hat: int[B,D]) -> mse: float[B]")]
    [Domain("x in [0, 255]")]
    [Domain("x_hat in [0, 255]")]
    Tensor MseBytes(Tensor x, Tensor xHat) => throw new NotImplementedException();

    /// <summary>Nats over log 2.</summary>
    [Operation("nats_to_bits(nats: float[N]) -> bits: float[N]")]
    Tensor NatsToBits(Tensor nats) => throw new NotImplementedException();

    [Operation("nats_to_bits.vjp(nats: float[N], d_bits: float[N]) -> d_nats: float[N]")]
    Tensor NatsToBitsVjp(Tensor nats, Tensor dBits) => throw new NotImplementedException();

    /// <summary>The negative log likelihood of a whole sample, in bits, over its number of dimensions.</summary>
    [Operation("bits_per_dim(nll_nats: float[B], dimensions: int) -> bits: float[B]")]
    Tensor BitsPerDim(Tensor nllNats, long dimensions) => throw new NotImplementedException();

    [Operation("bits_per_dim.vjp(nll_nats: float[B], dimensions: int, d_bits: float[B]) -> d_nll_nats: float[B]")]
    Tensor BitsPerDimVjp(Tensor nllNats, long dimensions, Tensor dBits) => throw new NotImplementedException();

    /// <summary>Σ −log2 p / pixels: what an ideal coder spends on the symbols that came, by the probability each was given.</summary>
    [Operation("bits_per_pixel(probabilities: float[B,N], pixels: int) -> bits: float[B]")]
    [Domain("probabilities in (0, 1]")]
    Tensor BitsPerPixel(Tensor probabilities, long pixels) => throw new NotImplementedException();

    [Operation("bits_per_pixel.vjp(probabilities: float[B,N], pixels: int, d_bits: float[B]) -> d_probabilities: float[B,N]")]
    Tensor BitsPerPixelVjp(Tensor probabilities, long pixels, Tensor dBits) => throw new NotImplementedException();

    /// <summary>Numbers in over numbers out: image and each of G latent grids as [channels, height, width], or any axes after the channels.</summary>
    [Operation("compression_values(image: int[A], latents: int[G,A]) -> ratio: float")]
    [Domain("image in [1, inf)")]
    [Domain("latents in [1, inf)")]
    Tensor CompressionValues(Tensor image, Tensor latents) => throw new NotImplementedException();

    /// <summary>Pixels over latent positions: the channels are not counted.</summary>
    [Operation("compression_positions(image: int[A], latents: int[G,A]) -> ratio: float")]
    [Domain("image in [1, inf)")]
    [Domain("latents in [1, inf)")]
    Tensor CompressionPositions(Tensor image, Tensor latents) => throw new NotImplementedException();

    /// <summary>What would be stored: image_bits a number of the image, latent_bits a number of each grid; infinite where nothing is left.</summary>
    [Operation("compression_bits(image: int[A], image_bits: int, latents: int[G,A], latent_bits: int[G]) -> ratio: float")]
    [Domain("image in [1, inf)")]
    [Domain("latents in [1, inf)")]
    [Domain("latent_bits in [0, inf)")]
    Tensor CompressionBits(Tensor image, long imageBits, Tensor latents, Tensor latentBits) => throw new NotImplementedException();

    /// <summary>⌈log2 K⌉ in whole numbers: the bits that one index into K codes takes; one code takes none.</summary>
    [Operation("index_bits(codebook_size: int[N]) -> bits: int[N]")]
    [Domain("codebook_size in [1, inf)")]
    Tensor IndexBits(Tensor codebookSize) => throw new NotImplementedException();

    /// <summary>Bits a second of so many residual stages, each an index every hop samples.</summary>
    [Operation("rvq_bit_rate(codebook_size: int, stages: int, sample_rate: int, hop: int) -> bits_per_second: float")]
    Tensor RvqBitRate(long codebookSize, long stages, long sampleRate, long hop) => throw new NotImplementedException();

    /// <summary>Latents whose mean varies over the data, about its own mean, by more than the threshold; divided by N.</summary>
    [Operation("active_units(mu: float[N,D], threshold: float) -> count: int")]
    Tensor ActiveUnits(Tensor mu, double threshold) => throw new NotImplementedException();

    /// <summary>Fraction of variance unexplained: Σ (x − x̂)² over Σ (x − mean)², all data in one, the mean of each dimension taken off.</summary>
    [Operation("fvu(x: float[N,D], x_hat: float[N,D]) -> fvu: float")]
    Tensor Fvu(Tensor x, Tensor xHat) => throw new NotImplementedException();

    [Operation("fvu.vjp(x: float[N,D], x_hat: float[N,D], d_fvu: float) -> d_x_hat: float[N,D]")]
    Tensor FvuVjp(Tensor x, Tensor xHat, double dFvu) => throw new NotImplementedException();

    /// <summary>Mutual information gap: of each factor the largest less the second largest over the latents, by the factor's entropy; the mean over factors.</summary>
    [Operation("mig(mutual_information: float[F,D], entropy: float[F]) -> mig: float")]
    [Domain("entropy in (0, inf)")]
    Tensor Mig(Tensor mutualInformation, Tensor entropy) => throw new NotImplementedException();

    [Operation("mig.vjp(mutual_information: float[F,D], entropy: float[F], d_mig: float) -> d_mutual_information: float[F,D], d_entropy: float[F]")]
    (Tensor? DMutualInformation, Tensor? DEntropy) MigVjp(Tensor mutualInformation, Tensor entropy, double dMig) => throw new NotImplementedException();
}
