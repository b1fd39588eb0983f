using System.Runtime.CompilerServices;

namespace LatentConformance.Simd.Traversals;

/// <summary>
/// What a kernel asks of its arguments before it takes a pointer: behind one nobody sees where a span ends, and a sum written past it
/// is found by whoever owned that memory. The names in a message are the words of the call; nothing is put together unless it throws.
/// </summary>
internal static class Spans
{
    /// <summary>More than any span has: a product beyond it need not be exact.</summary>
    private const long Beyond = 1L << 31;

    /// <summary>Each length is the product of the sizes, none of them below zero. Both are lists of plain names, whose commas part them.</summary>
    /// <exception cref="ArgumentException">A span is of another length.</exception>
    public static void Hold(
        ReadOnlySpan<long> sizes, ReadOnlySpan<int> lengths,
        [CallerArgumentExpression(nameof(sizes))] string ofSizes = "", [CallerArgumentExpression(nameof(lengths))] string ofLengths = "")
    {
        long count = 1;
        foreach (var size in sizes)
        {
            count = (count | size) < 0 ? -1 : Math.Min(count * Math.Min(size, Beyond), Beyond);
        }

        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] != count)
            {
                throw new ArgumentException($"{Names(ofLengths)[i]} is {lengths[i]}; expected {string.Join(" * ", Names(ofSizes))} = {string.Join(" * ", sizes.ToArray())}");
            }
        }
    }

    /// <exception cref="ArgumentException">A size that no loop behind it was made for.</exception>
    public static void Within(long value, long low, long high, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < low || value > high)
        {
            throw new ArgumentException($"{name} is {value}; expected {(low == high ? $"{low}" : $"{low} to {high}")}");
        }
    }

    /// <summary>An index of a codebook, known to lie in it.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Code(long index, int codes) => (ulong)index < (ulong)codes ? (int)index : Outside(index, codes);

    private static int Outside(long index, int codes) => throw new ArgumentException($"indices holds {index}; expected 0 to {codes - 1}, one of {codes} codes");

    private static string[] Names(string list) => list.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries);
}
