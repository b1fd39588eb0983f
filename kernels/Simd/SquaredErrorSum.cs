using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// ‖x − x̂‖²; ∂/∂x̂ = 2 (x̂ − x).
public static unsafe class SquaredErrorSum
{
    [Kernel("squared_error_sum")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        fixed (float* target = x, output = xHat)
        {
            RowSums.Of(new Term(target, output), loss.Length, width, 1, loss);
        }
    }

    [Kernel("squared_error_sum.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, ReadOnlySpan<float> dLoss, Span<float> dXHat)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, xHat.Length, dXHat.Length]);
        fixed (float* target = x, output = xHat, d = dLoss, result = dXHat)
        {
            Maps.Each(new Slope(target, output, d), x.Length, width, new Outputs(result));
        }
    }

    private readonly struct Term(float* x, float* xHat) : ISummand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var difference = V.Load(x + at) - V.Load(xHat + at);
            return difference * difference;
        }
    }

    private readonly struct Slope(float* x, float* xHat, float* dLoss) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(2 * dLoss[row]);
            (upstream * (V.Load(xHat + at) - V.Load(x + at))).Store(to.A + at);
        }
    }
}
