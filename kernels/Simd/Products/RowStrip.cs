using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Products;

/// <summary>
/// The heart of the search: six or twelve rows, multiplied where they lie, times a panel of two registers. All sums stay in registers the
/// whole way; each load of a panel serves all rows and each number of a row two registers, so that the multipliers and not the
/// memory set the pace. A pointer to every third row and a pitch reach all of them, so that the addresses stay in registers too.
/// </summary>
internal static unsafe class RowStrip<V>
    where V : struct, ILanes<V>
{
    /// <summary>As many rows as there are registers for.</summary>
    public static int Height
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Strip.HeightAt(V.Count);
    }

    /// <param name="a">The first row; the others are <paramref name="width"/> apart. What lies behind the last is fetched ahead of time: the next call's.</param>
    /// <param name="panel">Two registers a depth.</param>
    /// <param name="sums">
    /// Two registers a row. By way of memory: sums that lived on in what a caller makes of them would be put on the stack at every
    /// step of the loop.
    /// </param>
    public static void Times(float* a, nint width, float* panel, float* sums)
    {
        if (V.Count == 16)
        {
            Twelve(a, width, panel, sums);
        }
        else
        {
            Six(a, width, panel, sums);
        }
    }

    private static void Six(float* a, nint width, float* panel, float* sums)
    {
        var (pitch, twice) = (width, 2 * width);
        var next = a + (6 * width);
        var b = a + (3 * width);
        V l0 = V.Of(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
        V r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0, r5 = l0;
        for (var end = a + width; a < end; a++, b++, panel += 2 * V.Count, next += 6)
        {
            Ahead.Fetch(next);
            var (left, right) = (V.Load(panel), V.Load(panel + V.Count));
            var e0 = V.Of(*a);
            (l0, r0) = (V.MulAdd(e0, left, l0), V.MulAdd(e0, right, r0));
            var e1 = V.Of(a[pitch]);
            (l1, r1) = (V.MulAdd(e1, left, l1), V.MulAdd(e1, right, r1));
            var e2 = V.Of(a[twice]);
            (l2, r2) = (V.MulAdd(e2, left, l2), V.MulAdd(e2, right, r2));
            var e3 = V.Of(*b);
            (l3, r3) = (V.MulAdd(e3, left, l3), V.MulAdd(e3, right, r3));
            var e4 = V.Of(b[pitch]);
            (l4, r4) = (V.MulAdd(e4, left, l4), V.MulAdd(e4, right, r4));
            var e5 = V.Of(b[twice]);
            (l5, r5) = (V.MulAdd(e5, left, l5), V.MulAdd(e5, right, r5));
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

    private static void Twelve(float* a, nint width, float* panel, float* sums)
    {
        var (pitch, twice) = (width, 2 * width);
        var next = a + (12 * width);
        var b = a + (3 * width);
        var c = b + (3 * width);
        var d = c + (3 * width);
        V l0 = V.Of(0), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0, l6 = l0, l7 = l0, l8 = l0, l9 = l0, l10 = l0, l11 = l0;
        V r0 = l0, r1 = l0, r2 = l0, r3 = l0, r4 = l0, r5 = l0, r6 = l0, r7 = l0, r8 = l0, r9 = l0, r10 = l0, r11 = l0;
        for (var end = a + width; a < end; a++, b++, c++, d++, panel += 2 * V.Count, next += 12)
        {
            Ahead.Fetch(next);
            var (left, right) = (V.Load(panel), V.Load(panel + V.Count));
            var e0 = V.Of(*a);
            (l0, r0) = (V.MulAdd(e0, left, l0), V.MulAdd(e0, right, r0));
            var e1 = V.Of(a[pitch]);
            (l1, r1) = (V.MulAdd(e1, left, l1), V.MulAdd(e1, right, r1));
            var e2 = V.Of(a[twice]);
            (l2, r2) = (V.MulAdd(e2, left, l2), V.MulAdd(e2, right, r2));
            var e3 = V.Of(*b);
            (l3, r3) = (V.MulAdd(e3, left, l3), V.MulAdd(e3, right, r3));
            var e4 = V.Of(b[pitch]);
            (l4, r4) = (V.MulAdd(e4, left, l4), V.MulAdd(e4, right, r4));
            var e5 = V.Of(b[twice]);
            (l5, r5) = (V.MulAdd(e5, left, l5), V.MulAdd(e5, right, r5));
            var e6 = V.Of(*c);
            (l6, r6) = (V.MulAdd(e6, left, l6), V.MulAdd(e6, right, r6));
            var e7 = V.Of(c[pitch]);
            (l7, r7) = (V.MulAdd(e7, left, l7), V.MulAdd(e7, right, r7));
            var e8 = V.Of(c[twice]);
            (l8, r8) = (V.MulAdd(e8, left, l8), V.MulAdd(e8, right, r8));
            var e9 = V.Of(*d);
            (l9, r9) = (V.MulAdd(e9, left, l9), V.MulAdd(e9, right, r9));
            var e10 = V.Of(d[pitch]);
            (l10, r10) = (V.MulAdd(e10, left, l10), V.MulAdd(e10, right, r10));
            var e11 = V.Of(d[twice]);
            (l11, r11) = (V.MulAdd(e11, left, l11), V.MulAdd(e11, right, r11));
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
