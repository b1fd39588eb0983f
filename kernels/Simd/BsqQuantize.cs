using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// u = z/‖z‖, code_i = ±1/√D by the sign of u_i, which is that of z_i: no norm is needed until the gradient,
// ∂/∂z = (g − u (u·g)) / ‖z‖, which takes z·z and z·g from one pass and the result from a second over what is still in the cache.
public static unsafe class BsqQuantize
{
    [Kernel("bsq_quantize")]
    public static void Forward(ReadOnlySpan<float> z, Span<float> codes, Span<long> indices) =>
        LfqQuantize.Forward(z, 1 / Math.Sqrt(Rows.Width(z.Length, indices.Length)), codes, indices);

    [Kernel("bsq_quantize.vjp")]
    public static void Vjp(ReadOnlySpan<float> z, ReadOnlySpan<float> dCodes, Span<float> dZ, int d)
    {
        var rows = Rows.Width(z.Length, d);
        Spans.Hold([rows, d], [z.Length, dCodes.Length, dZ.Length]);
        fixed (float* from = z, upstream = dCodes, to = dZ)
        {
            RowWise.Each(new Row(from, upstream, to, d), rows, d);
        }
    }

    private readonly struct Row(float* z, float* dCodes, float* dZ, nint dimensions) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var (at, end) = (row * dimensions, (row + 1) * dimensions);
            var (square, along) = Stretch.Sums<V, Products>(new Products(z, dCodes), at, end);
            var norm = Math.Sqrt(square);
            Stretch.Map<V, Slope>(new Slope(z, dCodes, (float)(1 / norm), (float)(along / square / norm)), row, at, end, new Outputs(dZ));
        }
    }

    private readonly struct Products(float* z, float* dCodes) : ITwoSummands
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<V>(nint at, ref V first, ref V second)
            where V : struct, ILanes<V>
        {
            var value = V.Load(z + at);
            first = V.MulAdd(value, value, first);
            second = V.MulAdd(value, V.Load(dCodes + at), second);
        }
    }

    private readonly struct Slope(float* z, float* dCodes, float inverseNorm, float along) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> =>
            ((V.Load(dCodes + at) * V.Of(inverseNorm)) - (V.Load(z + at) * V.Of(along))).Store(to.A + at);
    }
}
