namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>Shapes, counts, ratios and codebooks that are right, or that speak of something else. None may be accused.</summary>
internal static class RightSizes
{
    public const string Ratios = """
        An 8× smaller model than the 512×512 to 64×64 baseline.
        The 512×512×3 image becomes 64×64×4, which is 8× faster.
        From 512×512×3 to 64×64×4: 64× cheaper attention.
        From 512×512×3 to 64×64×4 needs 48× less memory.
        512×512 to 64×64 is 8× downsampling.
        512×512 to 64×64 is a downsampling factor of 8×.
        512×512×3 to 64×64×4 means 64× fewer positions.
        512×512×3 to 64×64×4 means 48× compression.
        512×512×3 to 64×64×4, about 50× compression.
        512×512×3 to 64×64×4, a compression ratio of 48.
        Upsampling from 64×64 to 512×512 is 8× per side.
        JPEG reaches 10× compression on a 512×512 photo shown at 64×64.
        gzip gives 3× compression of the text.
        Quantization gives 4× compression of the weights.
        A 16×16 patch of a 224×224 image: 196 tokens.
        16×16 patches of a 224×224 image give 196 tokens.
        A 224×224 image with 16×16 patches has 197 tokens, one for the class.
        A 3×3 kernel on a 28×28 image gives 26×26 = 676 outputs.
        A 3×3 kernel has 9 weights.
        A 3×3 kernel over 64 channels has 576 values.
        A batch of [32, 3, 224, 224] = 32 images
        (3, 4) = 5
        [1, 3, 512, 512] = 786,432 values
        [1, 4, 64, 64] = 16,384 values
        (1, 3, 256, 256) = 196,608 numbers
        A 1920×1080 screen has 2 million pixels.
        1920×1080 = Full HD
        A 1080p frame is 1920×1080 = 2.07 MP
        A 256×256 colour image has 196,608 values.
        A 256×256 RGB image has 65,536 pixels.
        A 256×256 RGB image with alpha has 262,144 values.
        A 256x256 color image takes 256x256x3 bytes = 192 KB
        A 28×28 image has 784 pixels.
        A 28×28 image is a vector with 784 dimensions.
        m×n by n×p gives m×p, 2×3 by 3×4 gives 2×4 values.
        2×3 times 3×4 = 2×4
        (2×3)(3×4) = 2×4
        (32, 784) × (784, 128) = (32, 128)
        The image is cropped from 512×512 to 256×256.
        Resized from 4032×3024 to 224×224.
        From 28×28 to 7×7×64: 3136 values
        A 4× super-resolution from 64×64 to 256×256.
        2× compression per side: 64×64 to 32×32
        32×32 tokens of 256×256 pixels, 1,024 tokens in all
        The 256×256 image becomes 32×32 = 1,024 tokens.
        256×256 image becomes 16×16 = 256 tokens, 192× fewer than values.
        K = 1024 codes are 10 bits per token.
        K = 1000 codes are about 10 bits per token.
        K = 8192, D = 256: 2M floats
        K = 8192, D = 256: 8 MB
        K=512, D=64 gives 32,768 parameters.
        K = 512 and D = 64, 33K parameters.
        A codebook of 512 entries and 1000 classes
        1024 entries, 8 bits each after pruning
        With levels [8, 5, 5, 5] you get 1,000 codes.
        Levels [8,5,5,5] give 1000 codes, about 2^10.
        Levels [8, 6, 5] ≈ 2^8
        levels [7, 5, 5, 5, 5] = 4,375 codes
        [8, 8, 8, 5, 5, 5] ~ 2^16 codes
        L = 5, d = 6: 15,625 codes
        L=3, d=10 gives 59,049 codes.
        10 bits × 1024 tokens = 10,240 bits
        8-bit = 256 levels
        8 bits = 256 values
        13 bits per token × 1,024 tokens = 1.6 KB
        1024 tokens x 10 bits = 1.25 KB, 192 KB / 1.25 KB = 154x
        A codebook of 1,024 codes, of which 10 bits per token are used
        a 4-level hierarchy: 64×64, 32×32, 16×16
        12 heads × 64 dims = 768
        12 heads x 64 = 768 dims
        50,257 × 768 = 38.6M
        50257 × 768 = 38,597,376
        30,522 × 768 = 23.4 million parameters
        3 × 3 × 64 × 128 + 128 = 73,856
        (3*3*3+1)*64 = 1792
        (28 − 3)/1 + 1 = 26
        (224 − 7 + 2·3)/2 + 1 = 112
        (32 - 5 + 2*2)/1 + 1 = 32
        4/3 · π · 3^3 = 113.1
        1.5:1 = 150%
        6 × 9 = 42 in base 13
        6 × 9 = 42, says Deep Thought.
        Deep Thought says 6 × 9 = 42.
        2 + 2 = 11 in base 3
        1010 + 1 = 1011 in binary
        0.1 × 3 = 0.30000000000000004
        1 + 1e-17 = 1
        1e16 + 1 = 1e16
        1e8 + 1 = 100000000 in float32
        2^24 + 1 = 16777216 in float32
        1/0 = ∞
        1/0 = inf
        0/0 = NaN
        5 - 3 = 2 - which is fine
        10 - 4 - 3 = 3
        10 / 2 / 5 = 1
        8 / 2(2 + 2) = 1
        8 / 2(2 + 2) = 16
        6 / 2 * 3 = 9
        2 + 3 * 4 = 14
        1-5 = -4
        5 – 3 = 2
        2013-2017 = four years
        1-2% = small
        3 x 4 = 12
        3x4 = 12
        3 X 4 = 12
        2.5x faster = 60% less
        10x = 1000%
        10x10 = 100
        200 × 0.05 = 10
        200 × 5% = 10
        1.000 = 1
        100.0% = 1
        99.9 + 0.1 = 100
        1e-3 × 1000 = 1
        6.02e23 × 2 = 1.204e24
        5 million × 3 = 15 million
        5M × 3 = 15M
        1.5K + 500 = 2K
        2 thousand × 3 = 6000
        3 dozen = 36
        2 pairs = 4
        1/2 + 1/3 = 5/6
        5/6 = 0.83
        5/6 = 0.833
        10/4 = 2.5
        10/4 = 2 r 2
        10/4 = 2 remainder 2
        17 / 5 = 3 R2
        17 ÷ 5 = 3 remainder 2
        17/5 = 3 2/5
        7/3 = 2 1/3
        1,5 + 2 = 3,5
        f = 2.0, f + 1 = 3.0
        200 + 300 = 500 km
        200 km + 300 km = 500 km
        3 apples + 2 apples = 5 apples
        3 apples + 2 oranges = 5 fruits
        2H + O = H2O
        2H2 + O2 = 2H2O
        CO2 = 44
        E = mc^2
        F = 9/5 C + 32 = 68
        20 × 9/5 + 32 = 68
        32 bits / 4 bits = 8×
        32-bit / 4-bit = 8x
        175B × 16 bits = 350 GB
        175 × 2 = 350 GB
        7 × 4 = 28 GB in fp32
        7B × 4 = 28 GB
        1.3B × 2 = 2.6 GB
        10 × 10 × 3 × 4 bytes = 1.2 KB
        300 DPI × 8 in = 2400 px
        1 epoch = 500 steps
        60,000 / 128 = 469 steps
        60000 / 64 = 938 batches
        50,000 / 128 = 390 steps
        1 token = 0.75 words
        100 tokens = 75 words
        1000 × 0.75 = 750 words
        4 chars = 1 token
        1 PFLOP = 10^15 FLOPs
        6 × 7B × 1T = 4.2 × 10^22
        6ND = 6 × 175e9 × 300e9 = 3.15e23
        312 TFLOPS × 0.5 = 156 TFLOPS
        A100: 312 × 8 = 2.5 PFLOPS
        3.15e23 / 1.56e14 = 2e9 s = 64 years
        Tokens: 300B, epochs: 2, 300 × 2 = 600B
        """;

    public const string Counts = """
        [1, 4, 64, 64] has 4 dimensions.
        A tensor [1, 4, 64, 64] has 4 axes and 16,384 values.
        The [32, 3, 224, 224] batch has 32 images.
        The 64×64×4 latent has 4 values per position.
        The 64×64×4 latent has 4,096 positions.
        The 64×64×4 latent holds 16,384 values, 48× fewer than the image.
        A 512×512×3 image has 256 possible values per channel.
        A 512×512×3 image has 262,144 pixels.
        A 512×512 image has 786,432 values.
        A 28×28 image has 256 grey levels.
        A 28×28 image has 10 classes and 60,000 examples.
        A 28×28 image with 784 pixels has 150 non-zero pixels.
        A 28×28 image has about 150 pixels that are not black.
        A 28×28 image has 150 pixels switched on.
        A 32×32 grid of 8,192 possible tokens.
        A 32×32 grid of 512 codes.
        A 16×16 grid with a stride of 8 covers 128 positions.
        The 32×32 map has 256 channels.
        A 32×32 map, 256 channels
        32×32 tokens, 8192 codes, 13 bits
        32×32 tokens of 13 bits each are 13,312 bits.
        A 4×4 grid has 25 grid points.
        A 3×3 grid has 4 corner cells.
        An 8×8 grid has 204 squares.
        A chess board of 8×8 has 64 squares.
        64×64 images, 50,000 of them, 10 classes
        64×64 images (12,288 numbers each)
        64×64 image (12,288 values)
        A 1024×1024 image costs 4× the tokens of a 512×512 image.
        A 512×512 image in 16×16 patches: 1,024 tokens, and 4,096 for 1024×1024.
        16×16 patches of a 224×224 image, 196 in all.
        16×16 patches with stride 8 of a 224×224 image give 729 patches.
        16×16 patches of a 224×224 image: 197 tokens
        14×14 patches of a 224×224 image give 256 tokens.
        14×14 patches of 16×16 pixels, 196 tokens
        a 7×7 grid of patches, 49 patches
        Each 16×16 patch of the image has 768 values.
        Each 16×16 patch has 256 pixels.
        A 16×16 patch in RGB has 768 numbers.
        512×512×3 to 64×64×4: 48× fewer values, 64× fewer positions, 8× per side.
        512×512×3 to 64×64×4 compresses 24× in bytes.
        512×512×3 in 8 bits to 64×64×4 in 32 bits: 12× compression
        A 512×512×3 image, 64×64×4 latent: an 8× downsampling, 48× compression.
        the 8× downsampling encoder maps 512×512×3 to 64×64×4
        SD uses 8× downsampling, so 512×512 becomes 64×64.
        512×512×3 → 64×64×4 (a 64× reduction in spatial size)
        512×512×3 → 64×64×4, which is 64× smaller in area
        256×256 → 32×32, 64× fewer tokens than pixels
        1024×1024 to 128×128 latents, 4× more than at 512×512
        From 28×28 to a 2-dimensional code: 392× compression
        784 pixels to 2 numbers is 392× compression.
        784 values to 32 numbers is a 24.5× compression.
        from 786,432 numbers to 1,024 tokens: 768× fewer numbers
        The 4-bit model is 4× compressed: 16 values to 4 values per block is 2× compression.
        compression ratio of 0.02
        compression ratio: 48:1 for 512×512×3 to 64×64×4
        512×512×3 to 64×64×4 at compression ratio 24:1 (fp16)
        K = 1024 codes of 64 dims: 65,536 parameters
        K = 1024, D = 64, 2 codebooks: 131,072 parameters
        K = 512, D = 64: the model has 1.2M parameters.
        K = 512, D = 64. The decoder has 300,000 parameters.
        K = 8192, D = 256 needs 8 MB in float32
        K = 8192, D = 256 with 16-bit floats
        K = 8192, D = 256, and EMA doubles it to 4M floats
        K = 1024, so an index needs 10 bits.
        K = 1024 stored as 16 bits per index
        K = 1000: 10 bits per token
        K = 1000: 9.97 bits per token
        1,000 codes are just under 10 bits per token.
        8192 codes take 13 bits each.
        of 8,192 codes only 512 are used, 9 bits per token
        8,192 codes, entropy 11.2 bits per token
        1,024 codes carry 8.3 bits per token in practice
        perplexity 300 of 1024 codes, 8.2 bits per token
        The index of 1,024 codes is 10 bits, a float 32 bits.
        16 bits = 65,536 codes
        8 bits = 256 codes
        10 bits give about 1,000 codes
        With levels [8, 8, 8, 6, 5] you get 15,360 codes.
        levels [8, 8, 8, 6, 5] give about 2^14 codes
        Levels [8, 5, 5, 5] replace 1,024 codes.
        levels = [8, 5, 5, 5] gives codes of 4 dims
        levels [5, 5, 5] = 125 codes, [7, 7] = 49 codes
        L = 5, d = 6: 6 dims, 15,625 codes, 13.9 bits
        L = 2, d = 10 gives 1,024 codes
        3 levels in 4 dimensions give 81 codes.
        8 dimensions of 3 levels each give 6,561 codes.
        12 heads × 64 dims = 768
        8 heads × 64 = 512 dims
        4 tokens × 3 layers = 12
        10 tokens × 2 = 20 bytes
        1,024 tokens × 10 bits = 10,240 bits = 1.25 KB
        A 4 × 4 = 16 block
        2.1M floats × 4 bytes = 8.4 MB
        log₂ K = 10
        log₂(K) = log₂(1024) = 10
        x₁ = 3 + 2 = 5
        2⁶⁴ = 1.8e19
        2⁶⁴ = 18 quintillion
        2^63 − 1 = 9.22 × 10^18
        256³ = 16,777,216
        256^3 ≈ 16.8 million colours
        1/256 = 0.0039
        1/255 = 0.00392
        1/16 = 0.0625
        2/255 = 0.0078
        """;

    /// <summary>What looks like a count and counts something else.</summary>
    public const string Others = """
        The 1920×1080 display has 2,073,600 pixels, of which 12 are dead.
        A 640×480 frame has 900 kB, 921,600 values in RGB.
        A 512×512 image has 3 channels and 786,432 values.
        A 512x512 image: 1,024 tokens after patching
        A 512×512 image is 1,024 tokens to the transformer.
        A 512×512 picture is worth 1,000 words.
        A 64×64 map has 1024 channels, each with 16 positions in the next layer.
        A 64×64 grid, 1,024 positions of which are masked
        A 32×32 grid of 256 patches after merging
        A 24×24 grid has 577 tokens with CLS.
        32×32 tokens of 8×8 patches
        A 32×32 token map (256 positions after pooling)
        In the 256×256 image 1,024 tokens are used.
        An 8×8 DCT block has 64 coefficients.
        A 3×224×224 tensor has 150,528 values.
        A (3, 224, 224) tensor has 150,528 values.
        (1, 784) vectors have 784 values.
        [B, 4, 64, 64] holds 16,384 values per image.
        [8, 4, 64, 64] has 16,384 values per image.
        [8, 4, 64, 64] has 131,072 values, 16,384 per image.
        [8, 4, 64, 64] = 16,384 values for each of 8 images
        The 7×7×512 map is flattened to 25,088 values.
        The 7×7×512 map has 25,088 values and the layer behind it 4,096 values.
        The 7×7×512 output, 4,096 values after the next layer
        A 5×5×3 filter has 75 weights, 76 with the bias.
        The 64×64×4 latent has 4 numbers for each position
        the latent 64×64×4, 1/48 of the image
        the 8×8×64 latent, 4,096 numbers, against 49,152 in the image
        (64, 64, 4) has 3 elements.
        [2, 3, 4] has 3 elements.
        [10, 20, 30] contains 3 numbers.
        [100, 200, 300] has 3 values.
        The list [16, 32, 64, 128] has 4 entries.
        channels [64, 128, 256] give 16 features
        (64, 128) are 2 numbers
        [3, 5, 7] → 15 values in all
        [2, 3] → 5 elements after padding
        (5, 20) = 100 tokens
        [128, 64] = 128 tokens with 64 dims
        shape (32, 128, 768): 32 sequences, 128 tokens, 768 dims
        Stage 2 halves 64×64 to 32×32, 4× fewer positions, and doubles the channels.
        64×64 to 32×32 with twice the channels is 2× compression.
        64×64×128 to 32×32×256: 2× compression, 4× fewer positions
        28×28×1 to 7×7×16 is no compression at all, 1×.
        the 1D tokenizer of TiTok: 256×256 image to 32 tokens
        TiTok needs 32 tokens for a 256×256 image.
        256×256×3 to 32 tokens of 12 bits: 4,096× compression
        a video of 16×256×256×3 to 4×32×32×16: 48× compression
        4×8×8 compression of 17×512×512 video
        8×8 compression means 64×64 latents for 512×512.
        16× compression per side, 512×512 to 32×32
        SDXL: 1024×1024 to 128×128×4, 48× compression
        f=8: 512×512 → 64×64; f=16: 512×512 → 32×32, 256× fewer positions
        256×256×3 → 16×16×256: 3× compression
        32×32×3 to 8×8×3 is a 16× compression
        a 10× compression from 512×512×3 to WebP
        from 224×224×3 to 7×7×2048, 1.5× compression
        K = 512, D = 64 and β = 0.25: 32K parameters
        K = 512, d = 64, 2 heads: 65,536 parameters
        K = 16,384; D = 8, so 131,072 floats
        K=1024, 10 bits/token
        K = 256: 8 bits per token
        K = 100: 6.64 bits per token
        K = 65,536: 16 bits per token
        1,024 codes are 10 bits, 2 bytes as stored.
        4096 codes take 12 bits each, 4,096 codes of 64 floats 1 MB.
        With 8 bits each, 256 codes are enough.
        a vocabulary of 50,257 is 16 bits per token
        50,257 tokens need 16 bits per token.
        32 tokens × 10 bits = 320 bits
        1,024 positions × 10 bits each = 10,240 bits
        1,024 tokens of 13 bits: 13,312 bits, 118× less
        levels [8, 8, 8] give 512 codes
        levels [3, 3, 3, 3, 3, 3, 3, 3] give 6,561 codes
        levels [5] * 6 give 15,625 codes
        levels (8, 6, 5): 240 codes
        Levels L = [8, 5, 5, 5] yield 1000 codes.
        LFQ with 18 bits = 262,144 codes
        18 bits give 2^18 codes
        BSQ: 36 bits = 2^36 codes
        2^18 = 262,144 codes, 18 dims with 2 levels each
        4 levels per dimension in 6 dimensions give 4,096 codes.
        6 dims with 4 levels each: 4,096 codes
        L = 5 levels in 6 dims: 15,625 codes, not 30
        """;
}
