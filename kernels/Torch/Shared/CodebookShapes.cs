namespace LatentConformance.Torch;

/// <summary>Refusals for which the shapes of vectors and codebooks are enough: no value is fetched from a device.</summary>
internal static class CodebookShapes
{
    public static void RefuseUnlessCodebookFits(long dimensions, Tensor codebook)
    {
        if (codebook.shape[0] == 0)
        {
            throw new RefusalException("the codebook holds no codes");
        }

        if (codebook.shape[1] != dimensions)
        {
            throw new RefusalException($"z has {dimensions} dimensions and the codebook {codebook.shape[1]}");
        }
    }

    public static void RefuseUnlessCodebooks(Tensor codebooks)
    {
        if (codebooks.shape[0] == 0 || codebooks.shape[1] == 0)
        {
            throw new RefusalException(codebooks.shape[0] == 0 ? "there are no codebooks" : "the codebooks hold no codes");
        }
    }

    public static void RefuseUnlessState(Tensor codebook, Tensor counts, Tensor sums, long dimensions)
    {
        RefuseUnlessCodebookFits(dimensions, codebook);
        Shapes.RefuseUnlessSame(codebook, sums);
        if (counts.shape[0] != codebook.shape[0])
        {
            throw new RefusalException($"{counts.shape[0]} counts for {codebook.shape[0]} codes");
        }
    }

    public static void RefuseUnlessOneIndexEach(Tensor z, Tensor indices)
    {
        if (!z.shape.AsSpan()[..^1].SequenceEqual(indices.shape))
        {
            throw new RefusalException($"shapes differ: vectors {Shapes.Show(z)} and indices {Shapes.Show(indices)}");
        }
    }

    public static void RefuseUnlessMask(Tensor z, Tensor mask)
    {
        if (mask.shape[0] != z.shape[0])
        {
            throw new RefusalException($"a mask of {mask.shape[0]} for {z.shape[0]} rows");
        }
    }
}
