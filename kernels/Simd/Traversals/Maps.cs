using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>What becomes of the elements from <c>at</c> on, all of them in row <c>row</c>: loads, computes, stores in the outputs.</summary>
internal interface IMap
{
    /// <summary>Whether a register that begins in a row may end in the next: for those to whom a row is only how often constants come again.</summary>
    static virtual bool Straddles => false;

    void At<V>(nint at, nint row, Outputs to)
        where V : struct, ILanes<V>;
}

/// <summary>
/// Takes a kernel to every element of a matrix, in pieces that stay in the second-level cache. A store reads the line that it writes
/// into from memory first; a result far larger than the caches goes through a buffer in the first-level cache instead, however it is aligned, and from
/// there by whole lines that nobody reads.
/// </summary>
internal static unsafe class Maps
{
    private const nint Piece = 1 << 15;
    private const nint Block = 1 << 9;

    /// <summary>Below this a thread costs more to wake than it saves.</summary>
    private const nint WorthSharing = 1 << 16;

    /// <summary>16 MiB: whoever reads it next finds none of it in a cache either way.</summary>
    private const nint WorthStreaming = 1 << 22;

    public static void Each<TMap>(TMap map, nint count, Outputs to)
        where TMap : struct, IMap => Each(map, count, count, to);

    /// <summary>The last row may be short.</summary>
    public static void Each<TMap>(TMap map, nint count, nint columns, Outputs to)
        where TMap : struct, IMap
    {
        var piece = count < WorthSharing ? Math.Max(count, 1) : Piece;
        var walk = new Walk<TMap>(map, columns, count, piece, to);
        Workers.Run(ref walk, (int)((count + piece - 1) / piece));
    }

    private readonly struct Walk<TMap>(TMap map, nint columns, nint count, nint piece, Outputs to) : IChunked
        where TMap : struct, IMap
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var at = chunk * piece;
            var end = Math.Min(at + piece, count);
            if (count < WorthStreaming || to.C != null)
            {
                Rows<V>(map, columns, at, end, to);
                return;
            }

            // The count of chunks taken is a locked instruction, which also waits until what was streamed has left.
            using var buffer = Scratch.OfFloats(2 * Block);
            for (nint size; at < end; at += size)
            {
                // The first block ends where a line of the result does: after it no line is written in two parts.
                size = Math.Min(Block - to.IntoALine(at), end - at);
                Rows<V>(map, columns, at, at + size, new Outputs(buffer.Floats - at, to.B == null ? null : buffer.Floats + Block - at));
                to.Flush<V>(buffer.Floats, buffer.Floats + Block, at, size);
            }
        }

        private static void Rows<V>(TMap map, nint columns, nint at, nint end, Outputs to)
            where V : struct, ILanes<V>
        {
            for (var row = at / columns; at < end; row++)
            {
                var rowEnd = Math.Min((row + 1) * columns, end);
                at = TMap.Straddles ? Stretch.MapOver<V, TMap>(map, row, at, rowEnd, end, to) : Stretch.Map<V, TMap>(map, row, at, rowEnd, to);
            }
        }
    }
}
