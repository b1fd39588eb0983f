namespace LatentConformance.Torch;

// Digit g of the code to base K, ⌊code / K^g⌋ mod K, names the code of chunk g.
public static class ProductVqDecode
{
    [Kernel("product_vq_decode")]
    public static Tensor Forward(Tensor code, Tensor codebooks)
    {
        CodebookShapes.RefuseUnlessCodebooks(codebooks);
        ProductVqQuantize.RefuseUnlessCountable(codebooks);
        var size = codebooks.shape[1];
        var chunks = codebooks.unbind();
        for (var g = 0; g < chunks.Length; g++)
        {
            chunks[g] = chunks[g].index_select(0, code.remainder(size));
            code = code.div(size, RoundingMode.floor);
        }

        return cat(chunks, dim: -1);
    }
}
