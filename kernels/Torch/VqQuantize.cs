namespace LatentConformance.Torch;

// z + sg(e_k − z), e_k the nearest code: its value, with the whole gradient for z and none for the codebook.
public static class VqQuantize
{
    [Kernel("vq_quantize")]
    [Detached("codebook")]
    public static (Tensor Quantized, Tensor Indices) Forward(Tensor z, Tensor codebook)
    {
        var (codes, indices) = NearestCode.Of(z, codebook);
        return (Through.Of(z, codes), indices);
    }
}
