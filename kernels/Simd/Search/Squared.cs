using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Search;

/// <summary>Σ (z − e)² of two vectors that lie in one piece, by four running sums.</summary>
internal static unsafe class Squared
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Distance<V>(float* z, float* code, nint width)
        where V : struct, ILanes<V>
    {
        V a = V.Of(0), b = a, c = a, d = a;
        nint j = 0;
        for (; j <= width - (4 * V.Count); j += 4 * V.Count)
        {
            a = Add(a, z + j, code + j);
            b = Add(b, z + j + V.Count, code + j + V.Count);
            c = Add(c, z + j + (2 * V.Count), code + j + (2 * V.Count));
            d = Add(d, z + j + (3 * V.Count), code + j + (3 * V.Count));
        }

        for (; j <= width - V.Count; j += V.Count)
        {
            a = Add(a, z + j, code + j);
        }

        var tail = Lane.Of(0);
        for (; j < width; j++)
        {
            tail = Add(tail, z + j, code + j);
        }

        return V.Sum(a + b + (c + d)) + Lane.Sum(tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Add<V>(V sum, float* z, float* e)
        where V : struct, ILanes<V>
    {
        var difference = V.Load(z) - V.Load(e);
        return V.MulAdd(difference, difference, sum);
    }
}
