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
/// argmin_k ‖z − e_k‖² as argmin_k ½‖e_k‖² − z·e_k, distance and argmin in one: the N × K products are never written. A block of
/// vectors stays in the second-level cache while the codebook passes by; every panel of it is used by the whole block.
/// </summary>
internal static unsafe class NearestCode
{
    /// <summary>Floats of a block of packed vectors: 256 KiB.</summary>
    private const nint BlockSize = 1 << 16;

    public static void Of<TFound>(Vectors vectors, float* codes, nint count, TFound found)
        where TFound : struct, IFound
    {
        var width = vectors.Width;
        if (vectors.Count < ByCodes.Most || width == 0)
        {
            ByCodes.Search(vectors, codes, count, found);
            return;
        }

        if (AcrossVectors.Suits(vectors, codes, count) && AcrossVectors.Search(vectors, codes, count, found))
        {
            return;
        }

        var panels = Codebook.PanelsOf(count);
        var padded = panels * 2 * Workers.Lanes;
        using var packed = Scratch.OfFloats(padded * width);
        using var norms = Scratch.OfFloats(padded);
        using var centre = Scratch.OfFloats(width);
        var codebook = new Codebook(codes, count, width, centre.Floats, packed.Floats, norms.Floats);
        if (!codebook.Pack())
        {
            ByCodes.Search(vectors, codes, count, found);
            return;
        }

        var height = Strip.Height;
        var strips = (vectors.Count + height - 1) / height;
        var fit = Math.Max(1, BlockSize / (height * Math.Max(1, width)));

        // Blocks of one size, a dozen a thread, so that none waits long for the last: what each row is answered does not hang on how they are cut.
        var blocks = Math.Min(strips, Math.Max((strips + fit - 1) / fit, 12 * Workers.Threads));
        blocks = (blocks + Workers.Threads - 1) / Workers.Threads * Workers.Threads;
        var search = new Blocks<TFound>(vectors, codebook, found, strips, blocks, panels, Rescored.Slack(width, codebook.LargestHalfNorm()));
        Workers.Run(ref search, (int)blocks);
    }

    private readonly struct Blocks<TFound>(Vectors vectors, Codebook codebook, TFound found, nint strips, nint blocks, nint panels, Slack slack) : IChunked
        where TFound : struct, IFound
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var height = Strip<V>.Height;
            var (from, to) = (strips * chunk / blocks, strips * (chunk + 1) / blocks);
            var (size, lanes) = (height * vectors.Width, height * V.Count);
            using var packed = Scratch.OfFloats((to - from) * size);
            using var best = Scratch.OfFloats((to - from) * lanes);
            using var at = Scratch.OfFloats((to - from) * lanes);
            using var winners = Scratch.OfFloats((to - from) * height);
            for (var s = from; s < to; s++)
            {
                Pack(s * height, height, packed.Floats + ((s - from) * size));
            }

            new Span<float>(best.Floats, (int)((to - from) * lanes)).Fill(float.PositiveInfinity);
            for (nint p = 0; p < panels; p++)
            {
                var first = V.AddBits(V.Places, V.OfBits((int)p * 2 * V.Count));
                for (nint s = 0; s < to - from; s++)
                {
                    Smallest<V>.Keep(
                        packed.Floats + (s * size), codebook.Panel(p), vectors.Width, codebook.HalfNorms(p), first,
                        best.Floats + (s * lanes), at.Floats + (s * lanes));
                }
            }

            var (begin, end) = (from * height, Math.Min(to * height, vectors.Count));
            for (var v = begin; v < end; v++)
            {
                var place = (v - begin) * V.Count;
                winners.Ints[v - begin] = (int)Rescored.Winner<V>(vectors, v, codebook, best.Floats + place, at.Ints + place, slack);
            }

            found.Found<V>(begin, end, winners.Ints);
        }

        /// <summary>A strip less the centre, dimension by dimension; a strip that is not full repeats its last vector.</summary>
        private void Pack(nint first, int height, float* strip)
        {
            if (vectors.Stride == 1 && first + height <= vectors.Count)
            {
                Transposed.Take(vectors.At(first), vectors.Pitch, height, vectors.Width, codebook.Centre, strip, height);
                return;
            }

            for (var r = 0; r < height; r++)
            {
                var from = vectors.At(Math.Min(first + r, vectors.Count - 1));
                for (nint j = 0; j < vectors.Width; j++)
                {
                    strip[(j * height) + r] = from[j * vectors.Stride] - codebook.Centre[j];
                }
            }
        }
    }
}
