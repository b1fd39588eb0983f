using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// digit_d = index div basis_d mod L_d, code = (digit − w) / w, w = L div 2: the digits come off the index one after another. To a
// map of indices the same, a code's dimensions being planes of their own.
public static unsafe class FsqIndicesToCodes
{
    [Kernel("fsq_indices_to_codes")]
    public static void Forward(ReadOnlySpan<long> indices, ReadOnlySpan<long> levels, Span<float> codes) => Maps(indices, levels, codes, 1);

    internal static void Maps(ReadOnlySpan<long> indices, ReadOnlySpan<long> levels, Span<float> codes, nint positions)
    {
        Spans.Hold([indices.Length, levels.Length], [codes.Length]);
        foreach (var level in levels)
        {
            // What a thread divides by.
            Spans.Within(level, 1, long.MaxValue);
        }

        fixed (float* result = codes)
        {
            fixed (long* from = indices, sizes = levels)
            {
                RowWise.Each(new Unpack(from, sizes, levels.Length, result, positions, positions), indices.Length, levels.Length);
            }
        }
    }

    /// <param name="positions">Codes before the next map begins.</param>
    /// <param name="apart">How far the dimensions of one code lie apart.</param>
    private readonly struct Unpack(long* indices, long* levels, nint dimensions, float* codes, nint positions, nint apart) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var code = apart == 1
                ? codes + (row * dimensions)
                : codes + (row / positions * dimensions * positions) + (row % positions);
            var rest = (ulong)indices[row];
            for (nint d = 0; d < dimensions; d++)
            {
                // A division in 32 bits takes half the time, and most indices fit.
                var size = (ulong)levels[d];
                var above = rest <= uint.MaxValue && size <= uint.MaxValue ? (uint)rest / (uint)size : rest / size;
                var width = (long)size / 2;
                code[d * apart] = (float)((long)(rest - (above * size)) - width) / width;
                rest = above;
            }
        }
    }
}
