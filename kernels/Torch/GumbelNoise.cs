namespace LatentConformance.Torch;

// −log(−log u), u strictly between 0 and 1: at either end it is infinite.
public static class GumbelNoise
{
    [Kernel("gumbel_noise")]
    public static Tensor Forward(Tensor uniforms) => -log(-log(uniforms));
}
