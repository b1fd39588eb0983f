using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// Σ |x − x̂|; ∂/∂x̂ = sign(x̂ − x), zero where they are equal and NaN where either is.
public static class L1
{
    [Kernel("l1")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        PerSample.Sum<Term>(x, xHat, 1, loss);
    }

    [Kernel("l1.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, ReadOnlySpan<float> dLoss, Span<float> dXHat)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, xHat.Length, dXHat.Length]);
        PerSample.Pull<Term>(x, xHat, 1, dLoss, dXHat);
    }

    private readonly struct Term : ILossTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V output)
            where V : struct, ILanes<V> => V.Abs(x - output);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Slope<V>(V x, V output)
            where V : struct, ILanes<V>
        {
            var difference = output - x;
            return V.Select(V.Less(difference, V.Of(0)), V.Of(-1), V.Select(V.Less(V.Of(0), difference), V.Of(1), difference));
        }
    }
}
