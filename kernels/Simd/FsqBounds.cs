using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

/// <summary>How a dimension of L levels is bounded before it is rounded, and what a step is worth after.</summary>
internal readonly record struct FsqBound(double Half, double Offset, double Shift, double Width)
{
    private const double Epsilon = 1e-3;

    public static FsqBound WideUse(long levels) => Shifted(levels, 1 + Epsilon, Math.Atanh);

    public static FsqBound Notebook(long levels) => Shifted(levels, 1 - Epsilon, Math.Tan);

    public static FsqBound TanhHalf(long levels) => new((levels - 1) / 2.0, 0, 0, 1);

    public static FsqBound RoundTanh(long levels) => new(levels, 0, 0, 1);

    private static FsqBound Shifted(long levels, double stretch, Func<double, double> shift)
    {
        var half = (levels - 1) * stretch / 2;
        var offset = levels % 2 == 0 ? 0.5 : 0;
        return new FsqBound(half, offset, shift(offset / half), levels / 2);
    }
}

/// <summary>
/// What the four forms of FSQ have in common: b = tanh(z + shift)·half − offset, codes = round(b) / width, halves to even;
/// ∂/∂z = half · sech²(z + shift) / width. With u = e^(2z + 2shift), b is (half − offset) − 2 half / (u + 1): what is rounded needs
/// no more digits than half has, so tanh's own care near zero would be for nothing. Dimensions are few and differ: the matrix is
/// taken as one long row, with tables of the constants repeated until registers fit them. Constants are computed in double and
/// rounded once: with two levels the slope of atanh at 0.999 is 500, and so would be the error of a ratio in float.
/// </summary>
internal static unsafe class FsqBounds
{
    /// <summary>Elements that a table has at least: so many in a row before it begins again.</summary>
    private const nint Enough = 256;

    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, Func<long, FsqBound> form, Span<float> codes)
    {
        var rows = Rows.Width(z.Length, levels.Length);
        Spans.Hold([rows, levels.Length], [z.Length, codes.Length]);
        var period = PeriodOf(levels);
        var length = period + Workers.Lanes;
        using var tables = Scratch.OfFloats(4 * length);
        Fill(tables.Floats, length, levels, form);
        fixed (float* from = z, result = codes)
        {
            Maps.Each(new Quantize(from, tables.Floats, length, period), z.Length, period, new Outputs(result));
        }
    }

    public static void Vjp(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, Func<long, FsqBound> form, ReadOnlySpan<float> dCodes, Span<float> dZ)
    {
        var rows = Rows.Width(z.Length, levels.Length);
        Spans.Hold([rows, levels.Length], [z.Length, dCodes.Length, dZ.Length]);
        var period = PeriodOf(levels);
        var length = period + Workers.Lanes;
        using var tables = Scratch.OfFloats(4 * length);
        Fill(tables.Floats, length, levels, form);
        fixed (float* from = z, d = dCodes, result = dZ)
        {
            Maps.Each(new Slope(from, d, tables.Floats, length, period), z.Length, period, new Outputs(result));
        }
    }

    private static nint PeriodOf(ReadOnlySpan<long> levels)
    {
        nint least = levels.Length * Workers.Lanes;
        return least * Math.Max(1, Enough / Math.Max(1, least));
    }

    /// <summary>Twice the shifts, twice the halves, halves less offsets, and 1/width; a register more than a period, for one that begins at its end.</summary>
    private static void Fill(float* tables, nint length, ReadOnlySpan<long> levels, Func<long, FsqBound> form)
    {
        for (var d = 0; d < levels.Length; d++)
        {
            var bound = form(levels[d]);
            for (nint i = d; i < length; i += levels.Length)
            {
                tables[i] = (float)(2 * bound.Shift);
                tables[length + i] = (float)(2 * bound.Half);
                tables[(2 * length) + i] = (float)(bound.Half - bound.Offset);
                tables[(3 * length) + i] = (float)(1 / bound.Width);
            }
        }
    }

    private readonly struct Quantize(float* z, float* tables, nint length, nint period) : IMap
    {
        public static bool Straddles => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var constants = tables + (at - (row * period));
            var power = Elementary.ExpWithin(V.MulAdd(V.Of(2), Ahead.Load<V>(z + at), V.Load(constants)));
            var bounded = V.Load(constants + (2 * length)) - (V.Load(constants + length) / (power + V.Of(1)));
            (V.Round(bounded) * V.Load(constants + (3 * length))).Store(to.A + at);
        }
    }

    private readonly struct Slope(float* z, float* dCodes, float* tables, nint length, nint period) : IMap
    {
        public static bool Straddles => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            // sech² x = 4u / (1 + u)², u = e^−2|x|: 1 − tanh² cancels where tanh is nearly one.
            var constants = tables + (at - (row * period));
            var u = Elementary.Exp(-V.Abs(V.MulAdd(V.Of(2), Ahead.Load<V>(z + at), V.Load(constants))));
            var sum = V.Of(1) + u;
            var slope = V.Load(constants + length) * (V.Of(2) * u / (sum * sum)) * V.Load(constants + (3 * length));
            (Ahead.Load<V>(dCodes + at) * slope).Store(to.A + at);
        }
    }
}
