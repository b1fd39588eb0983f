namespace LatentConformance.Torch;

// The same for a map: the D channels at a position are a vector. A reshape without the permutation has the right shape and mixes
// channels with positions.
public static class VqQuantizeMap
{
    [Kernel("vq_quantize_map")]
    [Detached("codebook")]
    public static (Tensor Quantized, Tensor Indices) Forward(Tensor z, Tensor codebook)
    {
        var (maps, channels, height, width) = (z.shape[0], z.shape[1], z.shape[2], z.shape[3]);
        var (codes, indices) = NearestCode.Of(z.detach().permute(0, 2, 3, 1).flatten(0, 2), codebook);
        var quantized = codes.reshape(maps, height, width, channels).permute(0, 3, 1, 2);
        return (Through.Of(z, quantized), indices.reshape(maps, height, width));
    }
}
