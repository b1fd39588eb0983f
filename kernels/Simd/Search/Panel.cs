using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;

namespace LatentConformance.Simd.Search;

/// <summary>Vectors packed for the search: two registers of them, dimension by dimension, less the centre.</summary>
internal static unsafe class Panel<V>
    where V : struct, ILanes<V>
{
    public static int Wide => 2 * V.Count;

    /// <summary>A panel that is not full repeats its last vector.</summary>
    public static void Pack(Vectors vectors, nint first, float* centre, float* panel)
    {
        var (full, width) = ((int)Math.Min(Wide, vectors.Count - first), vectors.Width);
        if (vectors.Stride == 1)
        {
            Transposed.Take(vectors.At(first), vectors.Pitch, full, width, centre, panel, Wide);
        }
        else if (full == Wide && vectors.Offset(first + Wide - 1) - vectors.Offset(first) == Wide - 1)
        {
            PackChannels(vectors.At(first), vectors.Stride, width, centre, panel);
        }
        else
        {
            for (var v = 0; v < full; v++)
            {
                PackOne(vectors, first + v, centre, panel + v);
            }
        }

        for (var v = full; v < Wide; v++)
        {
            PackOne(vectors, vectors.Count - 1, centre, panel + v);
        }
    }

    /// <summary>Neighbours on a map: each channel of theirs lies in one piece.</summary>
    private static void PackChannels(float* from, nint stride, nint width, float* centre, float* panel)
    {
        for (nint j = 0; j < width; j++, from += stride, panel += Wide)
        {
            var middle = V.Of(centre[j]);
            (V.Load(from) - middle).Store(panel);
            (V.Load(from + V.Count) - middle).Store(panel + V.Count);
        }
    }

    private static void PackOne(Vectors vectors, nint vector, float* centre, float* to)
    {
        var from = vectors.At(vector);
        for (nint j = 0; j < vectors.Width; j++)
        {
            to[j * Wide] = from[j * vectors.Stride] - centre[j];
        }
    }
}
