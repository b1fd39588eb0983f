using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>
/// Adds each row of a matrix to the row of another that an index names: one pass over the indices, whatever the number of codes. Threads
/// share the columns, not the rows, so that each sum is made by one of them in the order of the rows. A negative index adds nothing.
/// </summary>
internal static unsafe class Scatter
{
    /// <summary>Two cache lines: no two threads write into one, and a row's part is worth fetching.</summary>
    private const nint Columns = 32;

    private const nint WorthSharing = 1 << 15;

    public static void Add(float* rows, long* indices, nint count, nint width, float* sums)
    {
        var parts = count * width < WorthSharing ? 1 : Math.Max(1, Math.Min(Workers.Threads, width / Columns));
        var add = new Part(rows, indices, count, width, parts, sums);
        Workers.Run(ref add, (int)parts);
    }

    private readonly struct Part(float* rows, long* indices, nint count, nint width, nint parts, float* sums) : IChunked
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var (from, to) = (Border(chunk), Border(chunk + 1));
            for (nint n = 0; n < count; n++)
            {
                if (indices[n] < 0)
                {
                    continue;
                }

                var row = rows + (n * width);
                var sum = sums + ((nint)indices[n] * width);
                var j = from;
                for (; j <= to - V.Count; j += V.Count)
                {
                    (V.Load(sum + j) + V.Load(row + j)).Store(sum + j);
                }

                for (; j < to; j++)
                {
                    sum[j] += row[j];
                }
            }
        }

        private nint Border(nint part) => part == parts ? width : width / Columns * part / parts * Columns;
    }
}
