namespace LatentConformance.Torch;

// Chunk g of z, the C numbers from g·C on, takes the nearest code of codebook g; straight-through.
public static class GroupedVqQuantize
{
    [Kernel("grouped_vq_quantize")]
    [Detached("codebooks")]
    public static (Tensor Quantized, Tensor Indices) Forward(Tensor z, Tensor codebooks)
    {
        CodebookShapes.RefuseUnlessCodebooks(codebooks);
        var (groups, width) = (codebooks.shape[0], codebooks.shape[2]);
        if (z.shape[1] != groups * width)
        {
            throw new RefusalException($"z has {z.shape[1]} dimensions, {groups} groups of {width} need {groups * width}");
        }

        var nearest = z.detach().chunk(groups, -1).Zip(codebooks.detach().unbind(), NearestCode.Of).ToArray();
        var codes = cat(nearest.Select(n => n.Codes).ToArray(), dim: -1);
        return (Through.Of(z, codes), stack(nearest.Select(n => n.Indices), dim: -1));
    }
}
