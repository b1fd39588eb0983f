using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>What is done with one row that takes several passes, as a softmax does: the row stays in the first-level cache between them.</summary>
internal interface IRowWork
{
    void Do<V>(nint row)
        where V : struct, ILanes<V>;
}

/// <summary>Takes a kernel to every row of a matrix, some rows at a time.</summary>
internal static class RowWise
{
    private const nint Piece = 1 << 14;

    public static void Each<TWork>(TWork work, nint rows, nint columns)
        where TWork : struct, IRowWork
    {
        var together = rows * columns < 2 * Piece ? Math.Max(1, rows) : Math.Max(1, Piece / Math.Max(1, columns));
        var walk = new Walk<TWork>(work, rows, together);
        Workers.Run(ref walk, (int)((rows + together - 1) / together));
    }

    private readonly struct Walk<TWork>(TWork work, nint rows, nint together) : IChunked
        where TWork : struct, IRowWork
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var end = Math.Min((chunk + 1) * together, rows);
            for (var row = chunk * together; row < end; row++)
            {
                work.Do<V>(row);
            }
        }
    }
}
