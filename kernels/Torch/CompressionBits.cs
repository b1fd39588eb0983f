namespace LatentConformance.Torch;

// Bits in over bits out: a width for the numbers of the image, one for those of each grid.
public static class CompressionBits
{
    [Kernel("compression_bits")]
    public static Tensor Forward(Tensor image, long imageBits, Tensor latents, Tensor latentBits)
    {
        Refuse.UnlessPositive("image_bits", imageBits);
        Grids.RefuseUnlessFit(image, latents);
        if (latentBits.numel() != latents.size(0))
        {
            throw new RefusalException($"{latentBits.numel()} widths for {latents.size(0)} grids");
        }

        return Grids.Ratio(Grids.Count(image) * imageBits, Grids.Count(latents) * latentBits);
    }
}
