namespace LatentConformance.Torch;

// Counts of what an image and its latent grids hold, in whole numbers: a float32 rounds a product of sizes above 2^24.
internal static class Grids
{
    /// <summary>The product over the last axis of the sizes from <paramref name="first"/> on.</summary>
    public static Tensor Count(Tensor sizes, int first = 0) =>
        sizes.unbind(-1).Skip(first).Aggregate(ones_like(sizes.select(-1, 0)), (product, size) => product * size);

    /// <summary>Image over latents, infinite where nothing is left. No input says a dtype: the answer is float64.</summary>
    public static Tensor Ratio(Tensor image, Tensor latents) => image.to(float64) / latents.sum();

    public static void RefuseUnlessFit(Tensor image, Tensor latents)
    {
        if (latents.size(0) == 0 || image.size(0) != latents.size(1))
        {
            throw new RefusalException($"latents has shape {Shapes.Show(latents)} for an image of {image.size(0)} axes");
        }
    }
}
