using System.Numerics;
using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>What the elements from <c>at</c> on add to two sums.</summary>
internal interface ITwoSummands
{
    void Add<V>(nint at, ref V first, ref V second)
        where V : struct, ILanes<V>;
}

/// <summary>
/// One stretch of elements, by registers as long as they fill one, then by four, then one by one: rows shorter than a register
/// are common, a latent has ten dimensions as often as sixteen. Kernels come as copies: their pointers stay in registers,
/// whatever they store. What is left over is a method of its own: two logarithms written out three times are more variables
/// than the compiler follows, and those beyond are kept in memory.
/// </summary>
internal static class Stretch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Map<V, TMap>(TMap map, nint row, nint at, nint end, Outputs to)
        where V : struct, ILanes<V>
        where TMap : struct, IMap
    {
        for (; at <= end - V.Count; at += V.Count)
        {
            map.At<V>(at, row, to);
        }

        if (at < end)
        {
            RestOfMap<V, TMap>(map, row, at, end, to);
        }

        return end;
    }

    /// <summary>The same of a row whose last register may reach into the next, up to <paramref name="last"/>; where it has come to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint MapOver<V, TMap>(TMap map, nint row, nint at, nint end, nint last, Outputs to)
        where V : struct, ILanes<V>
        where TMap : struct, IMap
    {
        var whole = Math.Min(end - 1, last - V.Count);
        for (; at <= whole; at += V.Count)
        {
            map.At<V>(at, row, to);
        }

        return at < end ? Map<V, TMap>(map, row, at, end, to) : at;
    }

    public static float Sum<V, TSummand>(TSummand summand, nint at, nint end)
        where V : struct, ILanes<V>
        where TSummand : struct, ISummand
    {
        var whole = end - ((end - at) % V.Count);
        var sum = TSummand.IsLong ? SumByOne<V, TSummand>(summand, at, whole) : SumByFour<V, TSummand>(summand, at, whole);
        return whole == end ? sum
            : sum + (V.Count > Lanes128.Count ? Sum<Lanes128, TSummand>(summand, whole, end) : Sum<Lane, TSummand>(summand, whole, end));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (float First, float Second) Sums<V, TSummands>(TSummands summands, nint at, nint end)
        where V : struct, ILanes<V>
        where TSummands : struct, ITwoSummands
    {
        V a = V.Of(0), b = a;
        for (; at <= end - V.Count; at += V.Count)
        {
            summands.Add(at, ref a, ref b);
        }

        var (first, second) = (V.Sum(a), V.Sum(b));
        if (at < end)
        {
            var rest = V.Count > Lanes128.Count ? Sums<Lanes128, TSummands>(summands, at, end) : Sums<Lane, TSummands>(summands, at, end);
            (first, second) = (first + rest.First, second + rest.Second);
        }

        return (first, second);
    }

    /// <summary>The largest of what a summand would add, NaN passed over; −∞ of nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float Largest<V, TSummand>(TSummand of, nint at, nint end)
        where V : struct, ILanes<V>
        where TSummand : struct, ISummand
    {
        var a = V.Of(float.NegativeInfinity);
        for (; at <= end - V.Count; at += V.Count)
        {
            a = V.Max(of.At<V>(at), a);
        }

        var largest = V.Largest(a);
        return at == end ? largest
            : MathF.Max(largest, V.Count > Lanes128.Count ? Largest<Lanes128, TSummand>(of, at, end) : Largest<Lane, TSummand>(of, at, end));
    }

    /// <summary>Where the first element equal to <paramref name="wanted"/> is; −1 where none is.</summary>
    public static unsafe nint FirstEqual<V>(float* values, nint count, float wanted)
        where V : struct, ILanes<V>
    {
        nint at = 0;
        for (; at <= count - V.Count; at += V.Count)
        {
            var mask = V.Mask(V.Equal(V.Load(values + at), V.Of(wanted)));
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }
        }

        for (; at < count; at++)
        {
            if (values[at] == wanted)
            {
                return at;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RestOfMap<V, TMap>(TMap map, nint row, nint at, nint end, Outputs to)
        where V : struct, ILanes<V>
        where TMap : struct, IMap
    {
        if (V.Count > Lanes128.Count)
        {
            Map<Lanes128, TMap>(map, row, at, end, to);
        }
        else
        {
            Map<Lane, TMap>(map, row, at, end, to);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float SumByOne<V, TSummand>(TSummand summand, nint at, nint end)
        where V : struct, ILanes<V>
        where TSummand : struct, ISummand
    {
        var sum = V.Of(0);
        for (; at < end; at += V.Count)
        {
            sum += summand.At<V>(at);
        }

        return V.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float SumByFour<V, TSummand>(TSummand summand, nint at, nint end)
        where V : struct, ILanes<V>
        where TSummand : struct, ISummand
    {
        V a = V.Of(0), b = a, c = a, d = a;
        for (; at <= end - (4 * V.Count); at += 4 * V.Count)
        {
            a += summand.At<V>(at);
            b += summand.At<V>(at + V.Count);
            c += summand.At<V>(at + (2 * V.Count));
            d += summand.At<V>(at + (3 * V.Count));
        }

        for (; at < end; at += V.Count)
        {
            a += summand.At<V>(at);
        }

        return V.Sum(a + b + (c + d));
    }
}
