using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// code_i = ±scale by bit i of the index, lowest first; ∂/∂scale = Σ ± d_i.
public static unsafe class LfqIndicesToCodes
{
    [Kernel("lfq_indices_to_codes")]
    public static void Forward(ReadOnlySpan<long> indices, long dimensions, double scale, Span<float> codes)
    {
        Spans.Hold([indices.Length, dimensions], [codes.Length]);
        fixed (float* result = codes)
        {
            fixed (long* from = indices)
            {
                RowWise.Each(new Unpack(from, (nint)dimensions, (float)scale, result), indices.Length, (nint)dimensions);
            }
        }
    }

    [Kernel("lfq_indices_to_codes.vjp")]
    public static void Vjp(ReadOnlySpan<long> indices, long dimensions, ReadOnlySpan<float> dCodes, Span<float> dScale)
    {
        Spans.Hold([indices.Length, dimensions], [dCodes.Length]);
        Spans.Hold([1], [dScale.Length]);
        double sum = 0;
        var d = (int)dimensions;
        for (var n = 0; n < indices.Length; n++)
        {
            for (var i = 0; i < d; i++)
            {
                sum += ((indices[n] >> i) & 1) == 1 ? dCodes[(n * d) + i] : -dCodes[(n * d) + i];
            }
        }

        dScale[0] = (float)sum;
    }

    private readonly struct Unpack(long* indices, nint dimensions, float scale, float* codes) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            // A bit that is not set is the sign.
            var signs = ~(ulong)indices[row];
            var magnitude = BitConverter.SingleToUInt32Bits(scale);
            var code = (uint*)(codes + (row * dimensions));
            for (nint i = 0; i < dimensions; i++)
            {
                code[i] = magnitude | ((uint)(signs >> (int)i) << 31);
            }
        }
    }
}
