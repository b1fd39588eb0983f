using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Products;

namespace LatentConformance.Simd.Search;

/// <summary>½‖e‖² − z·e of a strip against a panel, of which only the smallest a lane is kept, with its code.</summary>
internal static unsafe class Smallest<V>
    where V : struct, ILanes<V>
{
    /// <param name="strip">The vectors, less the centre, dimension by dimension.</param>
    /// <param name="first">The codes of the panel's first register, as bits.</param>
    /// <param name="best">The smallest so far, a register a vector.</param>
    /// <param name="at">The codes that they belong to, as bits.</param>
    public static void Keep(float* strip, float* panel, nint width, float* halfNorms, V first, float* best, float* at)
    {
        var sums = stackalloc float[2 * Strip<V>.Height * V.Count];
        Strip<V>.Times(Strip<V>.Height, strip, new PackedPanel(panel), width, sums);
        var (left, right) = (V.Load(halfNorms), V.Load(halfNorms + V.Count));
        for (var r = 0; r < Strip<V>.Height; r++, sums += 2 * V.Count, best += V.Count, at += V.Count)
        {
            Keep(left - V.Load(sums), right - V.Load(sums + V.Count), first, best, at);
        }
    }

    /// <summary>Strictly smaller only, panels in ascending order: of equals the lowest code stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(V left, V right, V first, float* best, float* at)
    {
        var (kept, code) = (V.Load(best), V.Load(at));
        var nearer = V.Less(left, kept);
        (kept, code) = (V.Select(nearer, left, kept), V.Select(nearer, first, code));
        nearer = V.Less(right, kept);
        V.Select(nearer, right, kept).Store(best);
        V.Select(nearer, V.AddBits(first, V.OfBits(V.Count)), code).Store(at);
    }
}
