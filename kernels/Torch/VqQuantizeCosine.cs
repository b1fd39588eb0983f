namespace LatentConformance.Torch;

// ẑ + sg(ê_k − ẑ): straight through to the direction, and on through the normalisation to z.
public static class VqQuantizeCosine
{
    [Kernel("vq_quantize_cosine")]
    [Detached("codebook")]
    public static (Tensor Quantized, Tensor Indices) Forward(Tensor z, Tensor codebook, double epsilon)
    {
        var indices = VqAssignCosine.Forward(z, codebook, epsilon);
        var codes = Directions.Of(codebook.detach().index_select(0, indices), epsilon);
        return (Through.Of(Directions.Of(z, epsilon), codes), indices);
    }
}
