using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Search;

/// <summary>Told the codes of the vectors from <c>from</c> to before <c>to</c> once they are found, on the thread that found them, while all of it is still in its cache.</summary>
internal unsafe interface IFound
{
    void Found<V>(nint from, nint to, int* codes)
        where V : struct, ILanes<V>;
}

/// <summary>
/// argmin_k ‖z − e_k‖² as argmin_k ½‖e_k‖² − z·e_k, distance and argmin in one: the N × K products are never written. The vectors are
/// packed into panels, a lane a vector; the codes are multiplied where they lie, a few rows at a time, which stay in the first-level
/// cache while some panels pass by from the second.
/// </summary>
internal static unsafe class NearestCode
{
    /// <summary>Floats of packed vectors that stay in the second-level cache while the codes pass by: 256 KiB.</summary>
    private const nint BlockSize = 1 << 16;

    public static void Of<TFound>(Vectors vectors, float* codes, nint count, TFound found)
        where TFound : struct, IFound
    {
        if (vectors.Count < ByCodes.Most || vectors.Width == 0)
        {
            ByCodes.Search(vectors, codes, count, found);
            return;
        }

        if (InParts.Suits(vectors.Count, count))
        {
            InParts.Search(vectors, codes, count, found);
            return;
        }

        Among(vectors, codes, count, found);
    }

    /// <summary>The search itself.</summary>
    public static void Among<TFound>(Vectors vectors, float* codes, nint count, TFound found)
        where TFound : struct, IFound
    {
        var width = vectors.Width;
        using var centre = Scratch.OfFloats(width);
        var isMoved = !Codebook.IsCentred(codes, count, width, centre.Floats);
        var rows = Codebook.Rows(count);
        using var moved = Scratch.OfFloats(isMoved || rows > count ? rows * width : 0);
        using var norms = Scratch.OfFloats(rows);
        var codebook = new Codebook(codes, count, width, centre.Floats, isMoved || rows > count ? moved.Floats : codes, norms.Floats);
        if (!codebook.Take())
        {
            ByCodes.Search(vectors, codes, count, found);
            return;
        }

        var wide = 2 * Workers.Lanes;
        var panels = (vectors.Count + wide - 1) / wide;
        var together = Math.Clamp(Math.Min(BlockSize / (wide * width), panels / (4 * Workers.Threads)), 1, 8);
        var search = new Panels<TFound>(vectors, codebook, found, panels, together, Rescored.Slack(width, codebook.LargestHalfNorm()));
        Workers.Run(ref search, (int)((panels + together - 1) / together));
    }

    private readonly struct Panels<TFound>(Vectors vectors, Codebook codebook, TFound found, nint panels, nint together, Slack slack) : IChunked
        where TFound : struct, IFound
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var (from, to) = (chunk * together, Math.Min((chunk + 1) * together, panels));
            var size = Panel<V>.Wide * vectors.Width;
            using var packed = Scratch.OfFloats((to - from) * size);
            using var kept = Scratch.OfFloats((to - from) * Nearest<V>.Size);
            for (var p = from; p < to; p++)
            {
                var panel = packed.Floats + ((p - from) * size);
                Panel<V>.Pack(vectors, p * Panel<V>.Wide, codebook.Centre, panel);
                new Nearest<V>(kept.Floats + ((p - from) * Nearest<V>.Size)).Begin(panel, vectors.Width, slack);
            }

            // The last rows begin where they are all there; those met a second time change nothing.
            for (nint k = 0; k < codebook.Padded; k += RowStrip<V>.Height)
            {
                var first = Math.Min(k, codebook.Padded - RowStrip<V>.Height);
                for (nint p = 0; p < to - from; p++)
                {
                    new Nearest<V>(kept.Floats + (p * Nearest<V>.Size)).Meet(codebook, first, packed.Floats + (p * size));
                }
            }

            var winners = stackalloc int[Panel<V>.Wide];
            for (var p = from; p < to; p++)
            {
                var (begin, end) = (p * Panel<V>.Wide, Math.Min((p + 1) * Panel<V>.Wide, vectors.Count));
                new Nearest<V>(kept.Floats + ((p - from) * Nearest<V>.Size)).Tell(vectors, begin, end, codebook, winners);
                found.Found<V>(begin, end, winners);
            }
        }
    }
}
