namespace LatentConformance.Torch;

/// <summary>⌊u n⌋ for u in [0, 1): in float64, since a product of float32 may round up to n.</summary>
internal static class Draws
{
    public static Tensor Of(Tensor uniforms, long n) => (uniforms.to(float64) * n).to(int64);

    public static Tensor Of(Tensor uniforms, Tensor n) => (uniforms.to(float64) * n).to(int64);
}
