using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Products;

/// <summary>How high strips are, for those who cut their work before they know a register by its type.</summary>
internal static class Strip
{
    /// <summary>At the width that this machine has.</summary>
    public static int Height => HeightAt(Workers.Lanes);

    /// <summary>Vectors in a strip: as many as there are registers for, two sums each, beside the panel's two. 512 bits come with 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int HeightAt(int lanes) => lanes == 16 ? 12 : 6;

    /// <summary>Of a strip among those that hold <paramref name="vectors"/>: the last is a low one where that is enough, or half of it would be filled up.</summary>
    public static int HeightOf(int strip, int vectors) => vectors - (strip * Height) > 6 ? Height : 6;
}

/// <summary>
/// The heart of convolution: as <see cref="RowStrip{V}"/>, where the rows are packed depth by depth, and each depth of the panel is somewhere
/// else.
/// </summary>
internal static unsafe class Strip<V>
    where V : struct, ILanes<V>
{
    /// <summary>Vectors in a strip.</summary>
    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Strip.HeightAt(V.Count);
    }

    /// <param name="height">Vectors in this strip.</param>
    /// <param name="strip">Depth by depth, a number of each vector. What lies behind it is fetched ahead of time: the next call's.</param>
    /// <param name="panel">Two registers a depth, each at its offset.</param>
    /// <param name="sums">Two registers a vector.</param>
    public static void Times(int height, float* strip, float* panel, nint* offsets, nint depth, float* sums)
    {
        if (height == 12)
        {
            Twelve(strip, panel, offsets, depth, sums);
        }
        else
        {
            Six(strip, panel, offsets, depth, sums);
        }
    }

    /// <summary>A dozen sums, for machines of 16 registers and for what is left.</summary>
    private static void Six(float* strip, float* panel, nint* offsets, nint depth, float* sums)
    {
        V l0 = V.Of(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
        V r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0, r5 = l0;
        var next = strip + (depth * 6);
        for (var end = next; strip < end; strip += 6, next += 6)
        {
            Ahead.Fetch(next);
            var at = panel + *offsets++;
            var (left, right) = (V.Load(at), V.Load(at + V.Count));
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

    /// <summary>Two dozen sums, for machines of 32 registers.</summary>
    private static void Twelve(float* strip, float* panel, nint* offsets, nint depth, float* sums)
    {
        V l0 = V.Of(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0, l6 = l0, l7 = l0, l8 = l0, l9 = l0, l10 = l0, l11 = l0;
        V r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0, r5 = l0, r6 = l0, r7 = l0, r8 = l0, r9 = l0, r10 = l0, r11 = l0;
        var next = strip + (depth * 12);
        for (var end = next; strip < end; strip += 12, next += 12)
        {
            Ahead.Fetch(next);
            var at = panel + *offsets++;
            var (left, right) = (V.Load(at), V.Load(at + V.Count));
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
}
