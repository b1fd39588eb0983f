using LatentConformance.Contract;

namespace LatentConformance.Reference;

// A ratio of products of whole numbers, the grids of a hierarchy added up: in values, in positions, in bits.
public sealed partial class ReferenceKernels
{
    public Tensor CompressionValues(Tensor image, Tensor latents) =>
        Ratio(Size(image, 0, 0), Grids(image, latents, g => Size(latents, g, 0)));

    public Tensor CompressionPositions(Tensor image, Tensor latents) =>
        Ratio(Size(image, 0, 1), Grids(image, latents, g => Size(latents, g, 1)));

    public Tensor CompressionBits(Tensor image, long imageBits, Tensor latents, Tensor latentBits)
    {
        Refuse.UnlessPositive("image_bits", imageBits);
        if (latentBits.Count != latents.Shape[0])
        {
            throw new RefusalException($"{latentBits.Count} widths for {latents.Shape[0]} grids");
        }

        foreach (var width in latentBits.Int64)
        {
            Refuse.UnlessFiniteAndNotNegative("latent_bits", width);
        }

        return Ratio(Size(image, 0, 0) * imageBits, Grids(image, latents, g => Size(latents, g, 0) * latentBits[g]));
    }

    /// <summary>Either side may be rounded on the way, a product at a time.</summary>
    private static Tensor Ratio(double image, double latents) =>
        Answers.Scalar(latents == 0 ? Infinite : new Real(image / latents, new Coefficients(8 * image / latents, 0, 0), image / latents));

    private static double Grids(Tensor image, Tensor latents, Func<int, double> size)
    {
        if (latents.Shape[0] == 0 || image.Count != latents.Shape[1])
        {
            throw new RefusalException($"latents has shape {Tensor.Show(latents.Shape)} for an image of {image.Count} axes");
        }

        return Enumerable.Range(0, latents.Shape[0]).Sum(size);
    }

    /// <summary>The product of the axes from <paramref name="first"/> on; exact in float64 below 2^53.</summary>
    private static double Size(Tensor sizes, int grid, int first)
    {
        var axes = sizes.Shape[^1];
        var product = 1.0;
        for (var axis = 0; axis < axes; axis++)
        {
            var size = sizes.Int64[(grid * axes) + axis];
            Refuse.UnlessPositive("a size", size);
            product *= axis < first ? 1 : size;
        }

        return product;
    }
}
