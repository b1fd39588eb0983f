namespace LatentConformance.Torch;

// Σ −log2 p / pixels: a symbol that came with probability p costs −log2 p, once. A sum of logarithms: the product underflows.
public static class BitsPerPixel
{
    [Kernel("bits_per_pixel")]
    public static Tensor Forward(Tensor probabilities, long pixels)
    {
        Refuse.UnlessPositive("pixels", pixels);
        return -log2(probabilities).sum(-1) / pixels;
    }
}
