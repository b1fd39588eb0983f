namespace LatentConformance.Simd.Products;

/// <summary>Rows into columns, less a centre: how strips and panels are packed.</summary>
internal static unsafe class Transposed
{
    /// <summary>
    /// target[j · pitch + r] = rows[r · apart + j] − centre[j]. Row by row and number by number: the target stays in the cache, and four by
    /// four with shuffles took twice as long, since it reads four rows at once.
    /// </summary>
    public static void Take(float* rows, nint apart, int count, nint width, float* centre, float* target, nint pitch)
    {
        for (var r = 0; r < count; r++, rows += apart, target++)
        {
            for (nint j = 0; j < width; j++)
            {
                target[j * pitch] = rows[j] - centre[j];
            }
        }
    }

    /// <summary>The same with no centre.</summary>
    public static void Take(float* rows, nint apart, int count, nint width, float* target, nint pitch)
    {
        for (var r = 0; r < count; r++, rows += apart, target++)
        {
            for (nint j = 0; j < width; j++)
            {
                target[j * pitch] = rows[j];
            }
        }
    }
}
