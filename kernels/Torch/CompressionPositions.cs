namespace LatentConformance.Torch;

// Pixels over latent positions: the channels, the first axis, are not counted.
public static class CompressionPositions
{
    [Kernel("compression_positions")]
    public static Tensor Forward(Tensor image, Tensor latents)
    {
        Grids.RefuseUnlessFit(image, latents);
        return Grids.Ratio(Grids.Count(image, first: 1), Grids.Count(latents, first: 1));
    }
}
