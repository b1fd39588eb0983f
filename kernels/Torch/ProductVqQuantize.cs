namespace LatentConformance.Torch;

// grouped_vq_quantize with one token a vector: code = Σ_g k_g K^g, in 64 bits, since K^G passes 2^31 soon.
public static class ProductVqQuantize
{
    [Kernel("product_vq_quantize")]
    [Detached("codebooks")]
    public static (Tensor Quantized, Tensor Indices, Tensor Code) Forward(Tensor z, Tensor codebooks)
    {
        var (quantized, indices) = GroupedVqQuantize.Forward(z, codebooks);
        RefuseUnlessCountable(codebooks);
        var (groups, codes) = (codebooks.shape[0], codebooks.shape[1]);
        var code = indices.select(1, groups - 1);
        for (var g = groups - 2; g >= 0; g--)
        {
            code = (code * codes) + indices.select(1, g);
        }

        return (quantized, indices, code);
    }

    internal static void RefuseUnlessCountable(Tensor codebooks)
    {
        var (groups, codes) = (codebooks.shape[0], codebooks.shape[1]);
        var size = 1L;
        for (var g = 0; g < groups; g++)
        {
            if (size > (1L << Bits.Most) / codes)
            {
                throw new RefusalException(
                    $"{codes}^{groups} codes are more than 2^{Bits.Most}; use fewer codebooks, or a token a codebook");
            }

            size *= codes;
        }
    }
}
