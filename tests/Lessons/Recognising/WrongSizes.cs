namespace LatentConformance.Tests.Lessons.Recognising;

/// <summary>Shapes, ratios and codebooks, each wrong and right once: ⟦wrong|right⟧.</summary>
internal static class WrongSizes
{
    public const string Shapes = """
        [1, 4, 64, 64] = ⟦16,348|16,384⟧ values
        [1, 3, 512, 512] = ⟦768,432|786,432⟧ values
        (1, 3, 256, 256) = ⟦196,806|196,608⟧ numbers
        [3, 256, 256] = ⟦196,806|196,608⟧ floats
        [1, 4, 64, 64], ⟦16,348|16,384⟧ values
        [1, 4, 64, 64] → ⟦16,348|16,384⟧ values
        The latent [4, 64, 64] has ⟦16,348|16,384⟧ values.
        The tensor [1, 4, 64, 64] holds ⟦16,348|16,384⟧ numbers.
        A latent of shape [4, 64, 64] (⟦16,348|16,384⟧ values)
        A 64×64×4 latent has ⟦16,348|16,384⟧ values.
        A 64×64×4 latent (⟦16,348|16,384⟧ numbers)
        The latent is 64×64×4, that is ⟦16,348|16,384⟧ values.
        A 512×512×3 image has ⟦768,432|786,432⟧ values.
        An image of 512×512×3 contains ⟦768,432|786,432⟧ numbers.
        A 256×256 colour image has ⟦196,806|196,608⟧ values.
        A 256×256 RGB image has ⟦196,806|196,608⟧ numbers.
        A 512×512 RGB image holds ⟦768,432|786,432⟧ values.
        A 512x512 color image is ⟦768,432|786,432⟧ numbers.
        A 28×28 image has ⟦748|784⟧ pixels.
        A 512×512 image has ⟦261,244|262,144⟧ pixels.
        A 1920×1080 image has ⟦2,037,600|2,073,600⟧ pixels.
        A 32×32 grid has ⟦1,042|1,024⟧ tokens.
        A 32×32 grid of ⟦1,042|1,024⟧ tokens
        The 256×256 image becomes 32×32 tokens (⟦1,042|1,024⟧ tokens).
        A 256×256 image becomes 32×32 tokens, ⟦1,042|1,024⟧ tokens in all.
        a 16×16 grid, ⟦265|256⟧ positions
        16×16 patches of a 224×224 image give ⟦169|196⟧ tokens.
        A 224×224 image in 16×16 patches gives ⟦169|196⟧ patches.
        """;

    public const string Ratios = """
        512×512×3 to 64×64×4 is ⟦84×|48×⟧ compression.
        512×512×3 → 64×64×4: ⟦64×|48×⟧ compression
        From 512×512×3 to 64×64×4 is a compression ratio of ⟦64×|48×⟧.
        From 512×512×3 to 64×64×4: compression ratio ⟦64|48⟧.
        512×512×3 to 64×64×4 has ⟦48×|64×⟧ fewer positions.
        512×512×3 to 64×64×4 has ⟦48×|64×⟧ fewer spatial positions.
        512×512 to 64×64 is ⟦6×|8×⟧ downsampling.
        From 786,432 values to 16,384 values is ⟦64×|48×⟧ compression.
        786,432 values become 16,384 values, ⟦64×|48×⟧ fewer numbers.
        A 512×512×3 image becomes a 64×64×4 latent, which is ⟦64x|48x⟧ compression.
        256×256×3 to 32×32×4 is ⟦64×|48×⟧ compression.
        256×256×3 down to 16×16×8 is ⟦69×|96×⟧ compression.
        (512 × 512 × 3) / (64 × 64 × 4) = ⟦64|48⟧
        $\frac{512 \times 512 \times 3}{64 \times 64 \times 4} = ⟦64|48⟧$
        """;

    public const string Codebooks = """
        K = 8192, D = 256 = ⟦4M|2M|2.1M⟧ floats
        A codebook with K = 8192, D = 256 has ⟦4M|2.1M⟧ floats.
        With K=8192, D=256 the codebook holds ⟦4M|2.1M⟧ floats.
        K = 8192, D = 256: ⟦2,079,152|2,097,152⟧ parameters
        K=512, D=64 is ⟦23,768|32,768⟧ parameters.
        A codebook of K = 512 codes with D = 64 has ⟦23,768|32,768⟧ floats.
        K = 1024: ⟦11|10⟧ bits per token
        K = 1024 means ⟦11|10⟧ bits per token.
        K = 8192 codes need ⟦12|13⟧ bits each.
        With K = 1024 each token carries ⟦11|10⟧ bits.
        A codebook of 8,192 codes gives ⟦12|13⟧ bits per token.
        A codebook of 8192 entries needs ⟦12|13⟧ bits per index.
        A codebook of size 1024 is ⟦11|10⟧ bits per token.
        8192 codes = ⟦12|13⟧ bits
        8,192 entries = ⟦12|13⟧ bits per token
        Levels [8, 5, 5, 5] give ⟦1,200|1,000⟧ codes.
        Levels [8,5,5,5] = ⟦1,200|1,000⟧ codes
        FSQ with levels [8, 5, 5, 5] has ⟦1,200|1,000⟧ codes.
        With levels [7, 5, 5, 5, 5] you have ⟦4,735|4,375⟧ codes.
        levels = [8, 6, 5] gives ⟦204|240⟧ codes
        levels [8, 6, 5]: ⟦204|240⟧ implicit codes
        L = 5, d = 6 gives ⟦15,652|15,625⟧ codes.
        L=5, d=6: ⟦15,652|15,625⟧ codes
        With L = 5 levels and d = 6 dimensions FSQ has ⟦15,652|15,625⟧ codes.
        With 5 levels in 6 dimensions you get ⟦15,652|15,625⟧ codes.
        6 dimensions with 5 levels each give ⟦15,652|15,625⟧ codes.
        L^d = 5^6 = ⟦15,652|15,625⟧
        1,024 tokens × 10 bits = ⟦10,420|10,240⟧ bits
        1,024 tokens of 10 bits are ⟦10,420|10,240⟧ bits.
        2^10 = ⟦1,042|1,024⟧ codes, 10 bits per token.
        10 bits = ⟦1,042|1,024⟧ codes
        13 bits = 2^13 = ⟦8,129|8,192⟧ codes
        """;
}
