namespace LatentConformance.Torch;

// Numbers in over numbers out, the grids of a hierarchy added up.
public static class CompressionValues
{
    [Kernel("compression_values")]
    public static Tensor Forward(Tensor image, Tensor latents)
    {
        Grids.RefuseUnlessFit(image, latents);
        return Grids.Ratio(Grids.Count(image), Grids.Count(latents));
    }
}
