namespace LatentConformance.Torch;

/// <summary>The value of the code, the gradient of the identity; where none is asked for the code is all there is to make.</summary>
internal static class Through
{
    public static Tensor Of(Tensor z, Tensor quantized) => z.requires_grad ? z + (quantized - z).detach() : quantized.detach();
}
