using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Search;

/// <summary>
/// The search where codes are as many as vectors or more: the vectors are packed into panels, a lane a vector, and the codes are multiplied
/// where they lie, a dozen rows at a time. To pack 8,192 codes for 1,020 vectors took 7 % of the time. Nothing is moved to the codes'
/// centre, so that has to lie within their spread.
/// </summary>
internal static unsafe class AcrossVectors
{
    /// <summary>Codes at a time: with two sums each as many as there are registers for, on machines that have 32.</summary>
    private const int Height = RowStrip<Lane>.Height;

    /// <summary>From so many vectors on few lanes of the last panel stand idle.</summary>
    private const nint Fewest = 256;

    /// <summary>Floats of codes that stay in the second-level cache while the panels of a chunk pass by: 256 KiB.</summary>
    private const nint BlockSize = 1 << 16;

    /// <summary>Panels to a chunk: a code is fetched from afar once for all of them.</summary>
    private const nint Together = 2;

    public static bool Suits(Vectors vectors, float* codes, nint count) =>
        vectors.Count >= Fewest && count >= vectors.Count && Workers.Lanes == 16 && IsCentred(codes, count, vectors.Width);

    /// <returns>False where a code is not finite, or too long to be squared: then nothing was found.</returns>
    public static bool Search<TFound>(Vectors vectors, float* codes, nint count, TFound found)
        where TFound : struct, IFound
    {
        var width = vectors.Width;
        using var halves = Scratch.OfFloats(count);
        using var zeros = Scratch.OfFloats(width);
        new Span<float>(zeros.Floats, (int)width).Clear();
        var norms = new HalfNorms(codes, zeros.Floats, count, width, halves.Floats);
        Workers.Run(ref norms, norms.Chunks);
        var codebook = new Codebook(codes, count, width, zeros.Floats, null, halves.Floats);
        if (!codebook.IsFinite())
        {
            return false;
        }

        var panels = (vectors.Count + (2 * Workers.Lanes) - 1) / (2 * Workers.Lanes);
        var search = new Panels<TFound>(vectors, codebook, found, panels, Rescored.Slack(width, codebook.LargestHalfNorm()));
        Workers.Run(ref search, (int)((panels + Together - 1) / Together));
        return true;
    }

    /// <summary>Whether the mean of a sample is short beside its codes: what cancels is in proportion to their lengths.</summary>
    private static bool IsCentred(float* codes, nint count, nint width)
    {
        const nint Sample = 64;
        var step = Math.Max(1, count / Sample);
        var n = (count + step - 1) / step;
        double ofMean = 0, ofCodes = 0;
        for (nint j = 0; j < width; j++)
        {
            double sum = 0;
            for (nint k = 0; k < count; k += step)
            {
                double e = codes[(k * width) + j];
                sum += e;
                ofCodes += e * e;
            }

            ofMean += sum / n * (sum / n);
        }

        return ofMean <= 0.25 * ofCodes / n;
    }

    private readonly struct HalfNorms(float* codes, float* zeros, nint count, nint width, float* halves) : IChunked
    {
        private const nint Rows = 256;

        public int Chunks => (int)((count + Rows - 1) / Rows);

        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            for (var k = chunk * Rows; k < Math.Min((chunk + 1) * Rows, count); k++)
            {
                halves[k] = 0.5f * Squared.Distance<V>(codes + (k * width), zeros, width);
            }
        }
    }

    private readonly struct Panels<TFound>(Vectors vectors, Codebook codebook, TFound found, nint panels, Slack slack) : IChunked
        where TFound : struct, IFound
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var (wide, width) = (2 * V.Count, vectors.Width);
            var (from, to) = (chunk * Together, Math.Min((chunk + 1) * Together, panels));
            var kept = Height * wide;
            using var packed = Scratch.OfFloats((to - from) * wide * width);
            using var best = Scratch.OfFloats((to - from) * kept);
            using var at = Scratch.OfFloats((to - from) * kept);
            new Span<float>(best.Floats, (int)((to - from) * kept)).Fill(float.PositiveInfinity);
            for (var p = from; p < to; p++)
            {
                Pack(p * wide, wide, packed.Floats + ((p - from) * wide * width));
            }

            // The last dozen begins where it is full; its first codes are met a second time, which changes nothing.
            var block = Math.Max(Height, BlockSize / width / Height * Height);
            for (nint first = 0; first < codebook.Count; first += block)
            {
                for (nint p = 0; p < to - from; p++)
                {
                    for (var k = first; k < Math.Min(first + block, codebook.Count); k += Height)
                    {
                        Keep<V>(Math.Min(k, codebook.Count - Height), packed.Floats + (p * wide * width), best.Floats + (p * kept), at.Floats + (p * kept));
                    }
                }
            }

            for (nint p = 0; p < to - from; p++)
            {
                Tell<V>((from + p) * wide, best.Floats + (p * kept), at.Floats + (p * kept));
            }
        }

        /// <summary>A dozen codes against a panel: the smallest of every twelfth code, for each vector.</summary>
        private void Keep<V>(nint first, float* panel, float* best, float* at)
            where V : struct, ILanes<V>
        {
            var sums = stackalloc float[2 * Height * V.Count];
            RowStrip<V>.Times(codebook.Code(first), codebook.Width, panel, sums);
            for (var r = 0; r < Height; r++)
            {
                var (half, code) = (V.Of(codebook.HalfNorms(0)[first + r]), V.OfBits((int)first + r));
                for (var side = 0; side < 2; side++, sums += V.Count, best += V.Count, at += V.Count)
                {
                    var (score, least) = (half - V.Load(sums), V.Load(best));
                    var nearer = V.Less(score, least);
                    V.Select(nearer, score, least).Store(best);
                    V.Select(nearer, code, V.Load(at)).Store(at);
                }
            }
        }

        private void Tell<V>(nint first, float* best, float* at)
            where V : struct, ILanes<V>
        {
            var wide = 2 * V.Count;
            var scores = stackalloc float[V.Count];
            var codes = stackalloc int[V.Count];
            var winners = stackalloc int[wide];
            new Span<float>(scores, V.Count).Fill(float.PositiveInfinity);
            var many = (int)Math.Min(wide, vectors.Count - first);
            for (var v = 0; v < many; v++)
            {
                for (var r = 0; r < Height; r++)
                {
                    scores[r] = best[(r * wide) + v];
                    codes[r] = ((int*)at)[(r * wide) + v];
                }

                winners[v] = (int)Rescored.Winner<V>(vectors, first + v, codebook, scores, codes, slack);
            }

            found.Found<V>(first, first + many, winners);
        }

        /// <summary>A panel dimension by dimension; one that is not full repeats its last vector.</summary>
        private void Pack(nint first, int wide, float* panel)
        {
            for (var v = 0; v < wide; v++)
            {
                var from = vectors.At(Math.Min(first + v, vectors.Count - 1));
                for (nint j = 0; j < vectors.Width; j++)
                {
                    panel[(j * wide) + v] = from[j * vectors.Stride];
                }
            }
        }
    }
}
