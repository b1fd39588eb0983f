using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd.Search;

/// <summary>
/// The search for vectors too few to keep all threads busy among codes that are many: the codebook is cut, each part is searched by
/// itself, and of what the parts found the nearest is taken, measured in double. How it is cut depends on the sizes alone.
/// </summary>
internal static unsafe class InParts
{
    /// <summary>From so many vectors on, whole codebooks are work enough.</summary>
    private const nint Enough = 512;

    /// <summary>In a part.</summary>
    private const nint Codes = 512;

    private const nint Most = 16;

    /// <summary>Vectors that are told of at a time.</summary>
    private const nint AtOnce = 32;

    public static bool Suits(nint vectors, nint codes) => vectors < Enough && codes >= 2 * Codes;

    public static void Search<TFound>(Vectors vectors, float* codes, nint count, TFound found)
        where TFound : struct, IFound
    {
        var parts = Math.Min(Most, count / Codes);
        using var winners = Scratch.OfFloats(parts * vectors.Count);
        var search = new Parts(vectors, codes, count, parts, winners.Ints);
        Workers.Run(ref search, (int)parts);
        var choice = new Choice<TFound>(vectors, codes, parts, winners.Ints, found);
        Workers.Run(ref choice, (int)((vectors.Count + AtOnce - 1) / AtOnce));
    }

    private readonly struct Parts(Vectors vectors, float* codes, nint count, nint parts, int* winners) : IChunked
    {
        public void Do<V>(int part)
            where V : struct, ILanes<V>
        {
            var (first, end) = (count * part / parts, count * (part + 1) / parts);
            NearestCode.Among(vectors, codes + (first * vectors.Width), end - first, new Kept(winners + (part * vectors.Count), (int)first));
        }
    }

    private readonly struct Kept(int* winners, int first) : IFound
    {
        public void Found<V>(nint from, nint to, int* codes)
            where V : struct, ILanes<V>
        {
            for (var v = from; v < to; v++)
            {
                winners[v] = first + codes[v - from];
            }
        }
    }

    private readonly struct Choice<TFound>(Vectors vectors, float* codes, nint parts, int* winners, TFound found) : IChunked
        where TFound : struct, IFound
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var (from, to) = (chunk * AtOnce, Math.Min((chunk + 1) * AtOnce, vectors.Count));
            for (var v = from; v < to; v++)
            {
                winners[v] = Nearest(v);
            }

            found.Found<V>(from, to, winners + from);
        }

        /// <summary>Parts in ascending order: of equals the lowest code. A distance that is not a number is the smallest, as in all searches here.</summary>
        private int Nearest(nint vector)
        {
            var (nearest, least) = (winners[vector], double.PositiveInfinity);
            for (nint p = 0; p < parts; p++)
            {
                var code = winners[(p * vectors.Count) + vector];
                var distance = ByCodes.Distance(vectors.At(vector), vectors.Stride, codes + (code * vectors.Width), vectors.Width);
                if (double.IsNaN(distance))
                {
                    return code;
                }

                (nearest, least) = distance < least ? (code, distance) : (nearest, least);
            }

            return nearest;
        }
    }
}
