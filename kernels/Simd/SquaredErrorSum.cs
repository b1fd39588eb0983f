using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// ‖x − x̂‖²; ∂/∂x̂ = 2 (x̂ − x).
public static class SquaredErrorSum
{
    [Kernel("squared_error_sum")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        PerSample.Sum<Term>(x, xHat, 1, loss);
    }

    [Kernel("squared_error_sum.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, ReadOnlySpan<float> dLoss, Span<float> dXHat)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, xHat.Length, dXHat.Length]);
        PerSample.Pull<Term>(x, xHat, 1, dLoss, dXHat);
    }

    internal readonly struct Term : ILossTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V output)
            where V : struct, ILanes<V>
        {
            var difference = x - output;
            return difference * difference;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Slope<V>(V x, V output)
            where V : struct, ILanes<V>
        {
            var difference = output - x;
            return difference + difference;
        }
    }
}
