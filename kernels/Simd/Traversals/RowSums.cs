using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>What the elements from <c>at</c> on add to the sum of their row.</summary>
internal interface ISummand
{
    /// <summary>Whether a term takes so many steps that the addition behind it waits for nothing, and four terms at once only want for registers.</summary>
    static virtual bool IsLong => false;

    V At<V>(nint at)
        where V : struct, ILanes<V>;
}

/// <summary>The sum of the elements from <c>at</c> to before <c>end</c>, all of one row.</summary>
internal interface ISegment
{
    float Sum<V>(nint at, nint end)
        where V : struct, ILanes<V>;
}

/// <summary>
/// Sums a kernel over the rows of a matrix. A long row is cut into segments whose sums are added in their order; four running
/// sums a segment, since one alone would wait for its own addition each time.
/// </summary>
internal static unsafe class RowSums
{
    private const nint Segment = 1 << 15;

    public static void Of<TSummand>(TSummand summand, nint rows, nint columns, double scale, Span<float> sums)
        where TSummand : struct, ISummand => OfSegments(new Stretched<TSummand>(summand), rows, columns, scale, sums);

    public static void OfSegments<TSegment>(TSegment segment, nint rows, nint columns, double scale, Span<float> sums)
        where TSegment : struct, ISegment
    {
        var segments = Math.Max(1, (columns + Segment - 1) / Segment);
        using var scratch = Scratch.OfFloats(rows * segments);
        var together = Math.Max(1, Segment / Math.Max(1, columns));
        var walk = new Walk<TSegment>(segment, columns, rows * segments, segments, together, scratch.Floats);
        Workers.Run(ref walk, (int)(((rows * segments) + together - 1) / together));
        for (nint row = 0; row < rows; row++)
        {
            double sum = 0;
            for (nint s = 0; s < segments; s++)
            {
                sum += scratch.Floats[(row * segments) + s];
            }

            sums[(int)row] = (float)(scale * sum);
        }
    }

    private readonly struct Stretched<TSummand>(TSummand summand) : ISegment
        where TSummand : struct, ISummand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Sum<V>(nint at, nint end)
            where V : struct, ILanes<V> => Stretch.Sum<V, TSummand>(summand, at, end);
    }

    private readonly struct Walk<TSegment>(TSegment segment, nint columns, nint parts, nint segments, nint together, float* sums) : IChunked
        where TSegment : struct, ISegment
    {
        public void Do<V>(int chunk)
            where V : struct, ILanes<V>
        {
            var end = Math.Min((chunk + 1) * together, parts);
            for (var part = chunk * together; part < end; part++)
            {
                var row = part / segments;
                var from = part % segments * Segment;
                var start = (row * columns) + from;
                sums[part] = segment.Sum<V>(start, start + Math.Min(Segment, columns - from));
            }
        }
    }
}
