using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>What is done with the elements from <c>at</c> on, all of them in row <c>row</c>: loads, computes, stores.</summary>
internal interface IElement
{
    void At<V>(nint at, nint row)
        where V : struct, ILanes<V>;
}

/// <summary>Takes a kernel to every element of a matrix, in pieces that stay in the second-level cache.</summary>
internal static class Elements
{
    private const nint Piece = 1 << 15;

    /// <summary>Below this a thread costs more to wake than it saves.</summary>
    private const nint WorthSharing = 1 << 16;

    public static void Each<TElement>(TElement element, nint count)
        where TElement : struct, IElement => Each(element, 1, count);

    public static void Each<TElement>(TElement element, nint rows, nint columns)
        where TElement : struct, IElement
    {
        var count = rows * columns;
        var piece = count < WorthSharing ? Math.Max(count, 1) : Piece;
        var walk = new Walk<TElement>(element, columns, count, piece);
        Workers.Run(ref walk, (int)((count + piece - 1) / piece));
    }

    private readonly struct Walk<TElement>(TElement element, nint columns, nint count, nint piece) : IChunked
        where TElement : struct, IElement
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var at = chunk * piece;
            var end = Math.Min(at + piece, count);
            for (var row = at / columns; at < end; row++)
            {
                var rowEnd = Math.Min((row + 1) * columns, end);
                Row<V>(element, at, rowEnd, row);
                at = rowEnd;
            }
        }

        /// <summary>The kernel comes as a copy: its pointers stay in registers, whatever it stores.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Row<V>(TElement element, nint at, nint end, nint row)
            where V : struct, ILanes<V>
        {
            for (; at <= end - V.Count; at += V.Count)
            {
                element.At<V>(at, row);
            }

            for (; at < end; at++)
            {
                element.At<Lane>(at, row);
            }
        }
    }
}
