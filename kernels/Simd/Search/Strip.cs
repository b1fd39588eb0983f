using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Search;

/// <summary>
/// The heart of the search: a strip of vectors against a panel of codes, z·e of each pair. All sums stay in registers
/// through the whole width; each load of a code serves every vector of the strip and each load of a vector two registers of codes,
/// so that the multipliers and not the memory set the pace. Of the products only the smallest a lane is kept, with its code.
/// </summary>
internal static unsafe class Strip<V>
    where V : struct, ILanes<V>
{
    /// <summary>Vectors in a strip.</summary>
    public static int Height => V.Count == 16 ? 12 : 6;

    /// <param name="strip">The vectors, less the centre, dimension by dimension.</param>
    /// <param name="first">The codes of the panel's first register, as bits.</param>
    /// <param name="best">The smallest so far, a register a vector.</param>
    /// <param name="at">The codes that they belong to, as bits.</param>
    public static void Against(float* strip, float* panel, nint width, float* halfNorms, V first, float* best, float* at)
    {
        // By way of memory: sums that lived on in what follows would be put on the stack at every step of the loop.
        var sums = stackalloc float[24 * V.Count];
        if (V.Count == 16)
        {
            Twelve(strip, panel, width, sums);
        }
        else
        {
            Six(strip, panel, width, sums);
        }

        var (e, f) = (V.Load(halfNorms), V.Load(halfNorms + V.Count));
        for (var r = 0; r < Height; r++, sums += 2 * V.Count, best += V.Count, at += V.Count)
        {
            Keep(e - V.Load(sums), f - V.Load(sums + V.Count), first, best, at);
        }
    }

    /// <summary>Six vectors: a dozen sums, for machines of 16 registers.</summary>
    private static void Six(float* strip, float* panel, nint width, float* sums)
    {
        V l0 = V.Of(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
        V r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0, r5 = l0;
        for (var end = strip + (width * 6); strip < end; strip += 6, panel += 2 * V.Count)
        {
            var (left, right) = (V.Load(panel), V.Load(panel + V.Count));
            var z0 = V.Of(strip[0]);
            (l0, r0) = (V.MulAdd(z0, left, l0), V.MulAdd(z0, right, r0));
            var z1 = V.Of(strip[1]);
            (l1, r1) = (V.MulAdd(z1, left, l1), V.MulAdd(z1, right, r1));
            var z2 = V.Of(strip[2]);
            (l2, r2) = (V.MulAdd(z2, left, l2), V.MulAdd(z2, right, r2));
            var z3 = V.Of(strip[3]);
            (l3, r3) = (V.MulAdd(z3, left, l3), V.MulAdd(z3, right, r3));
            var z4 = V.Of(strip[4]);
            (l4, r4) = (V.MulAdd(z4, left, l4), V.MulAdd(z4, right, r4));
            var z5 = V.Of(strip[5]);
            (l5, r5) = (V.MulAdd(z5, left, l5), V.MulAdd(z5, right, r5));
        }

        l0.Store(sums + (0 * V.Count));
        r0.Store(sums + (1 * V.Count));
        l1.Store(sums + (2 * V.Count));
        r1.Store(sums + (3 * V.Count));
        l2.Store(sums + (4 * V.Count));
        r2.Store(sums + (5 * V.Count));
        l3.Store(sums + (6 * V.Count));
        r3.Store(sums + (7 * V.Count));
        l4.Store(sums + (8 * V.Count));
        r4.Store(sums + (9 * V.Count));
        l5.Store(sums + (10 * V.Count));
        r5.Store(sums + (11 * V.Count));
    }

    /// <summary>Twelve vectors: two dozen sums, for machines of 32 registers.</summary>
    private static void Twelve(float* strip, float* panel, nint width, float* sums)
    {
        V l0 = V.Of(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0, l6 = l0, l7 = l0, l8 = l0, l9 = l0, l10 = l0, l11 = l0;
        V r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0, r5 = l0, r6 = l0, r7 = l0, r8 = l0, r9 = l0, r10 = l0, r11 = l0;
        for (var end = strip + (width * 12); strip < end; strip += 12, panel += 2 * V.Count)
        {
            var (left, right) = (V.Load(panel), V.Load(panel + V.Count));
            var z0 = V.Of(strip[0]);
            (l0, r0) = (V.MulAdd(z0, left, l0), V.MulAdd(z0, right, r0));
            var z1 = V.Of(strip[1]);
            (l1, r1) = (V.MulAdd(z1, left, l1), V.MulAdd(z1, right, r1));
            var z2 = V.Of(strip[2]);
            (l2, r2) = (V.MulAdd(z2, left, l2), V.MulAdd(z2, right, r2));
            var z3 = V.Of(strip[3]);
            (l3, r3) = (V.MulAdd(z3, left, l3), V.MulAdd(z3, right, r3));
            var z4 = V.Of(strip[4]);
            (l4, r4) = (V.MulAdd(z4, left, l4), V.MulAdd(z4, right, r4));
            var z5 = V.Of(strip[5]);
            (l5, r5) = (V.MulAdd(z5, left, l5), V.MulAdd(z5, right, r5));
            var z6 = V.Of(strip[6]);
            (l6, r6) = (V.MulAdd(z6, left, l6), V.MulAdd(z6, right, r6));
            var z7 = V.Of(strip[7]);
            (l7, r7) = (V.MulAdd(z7, left, l7), V.MulAdd(z7, right, r7));
            var z8 = V.Of(strip[8]);
            (l8, r8) = (V.MulAdd(z8, left, l8), V.MulAdd(z8, right, r8));
            var z9 = V.Of(strip[9]);
            (l9, r9) = (V.MulAdd(z9, left, l9), V.MulAdd(z9, right, r9));
            var z10 = V.Of(strip[10]);
            (l10, r10) = (V.MulAdd(z10, left, l10), V.MulAdd(z10, right, r10));
            var z11 = V.Of(strip[11]);
            (l11, r11) = (V.MulAdd(z11, left, l11), V.MulAdd(z11, right, r11));
        }

        l0.Store(sums + (0 * V.Count));
        r0.Store(sums + (1 * V.Count));
        l1.Store(sums + (2 * V.Count));
        r1.Store(sums + (3 * V.Count));
        l2.Store(sums + (4 * V.Count));
        r2.Store(sums + (5 * V.Count));
        l3.Store(sums + (6 * V.Count));
        r3.Store(sums + (7 * V.Count));
        l4.Store(sums + (8 * V.Count));
        r4.Store(sums + (9 * V.Count));
        l5.Store(sums + (10 * V.Count));
        r5.Store(sums + (11 * V.Count));
        l6.Store(sums + (12 * V.Count));
        r6.Store(sums + (13 * V.Count));
        l7.Store(sums + (14 * V.Count));
        r7.Store(sums + (15 * V.Count));
        l8.Store(sums + (16 * V.Count));
        r8.Store(sums + (17 * V.Count));
        l9.Store(sums + (18 * V.Count));
        r9.Store(sums + (19 * V.Count));
        l10.Store(sums + (20 * V.Count));
        r10.Store(sums + (21 * V.Count));
        l11.Store(sums + (22 * V.Count));
        r11.Store(sums + (23 * V.Count));
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
