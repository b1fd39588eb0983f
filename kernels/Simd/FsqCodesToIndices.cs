using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// index = Σ digit_d · basis_d, digit = code·w + w, w = L div 2, basis = [1, L0, L0·L1, …]. A code is a little off its grid where
// no float is on it: the digit is rounded, not cut. Whole numbers are 64 bits wide, a float's 24 wrap at 8^8.
public static unsafe class FsqCodesToIndices
{
    [Kernel("fsq_codes_to_indices")]
    public static void Forward(ReadOnlySpan<float> codes, ReadOnlySpan<long> levels, Span<long> indices)
    {
        Spans.Hold([indices.Length, levels.Length], [codes.Length]);
        fixed (float* from = codes)
        {
            fixed (long* sizes = levels, result = indices)
            {
                RowWise.Each(new Pack(from, sizes, levels.Length, result), indices.Length, levels.Length);
            }
        }
    }

    private readonly struct Pack(float* codes, long* levels, nint dimensions, long* indices) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var code = codes + (row * dimensions);
            long index = 0;
            for (var d = dimensions - 1; d >= 0; d--)
            {
                // Horner from the slowest dimension on: no table of powers.
                var width = levels[d] / 2;
                index = (index * levels[d]) + (long)Math.Round(((double)code[d] * width) + width);
            }

            indices[row] = index;
        }
    }
}
