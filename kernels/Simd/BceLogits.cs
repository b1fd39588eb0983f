using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// Σ max(l, 0) − l x + log1p(e^−|l|): finite for every logit; ∂/∂l = sigmoid(l) − x.
public static class BceLogits
{
    [Kernel("bce_logits")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> logits, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, logits.Length]);
        PerSample.Sum<Term>(x, logits, 1, loss);
    }

    [Kernel("bce_logits.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> logits, ReadOnlySpan<float> dLoss, Span<float> dLogits)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, logits.Length, dLogits.Length]);
        PerSample.Pull<Term>(x, logits, 1, dLoss, dLogits);
    }

    private readonly struct Term : ILossTerm
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V logit)
            where V : struct, ILanes<V>
        {
            // By the maximum of l and 0, in this order a NaN in l comes through.
            return V.MulAdd(-logit, x, V.Max(V.Of(0), logit)) + Elementary.Log1pExpOfMinusAbs(logit);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Slope<V>(V x, V logit)
            where V : struct, ILanes<V> => Elementary.Sigmoid(logit) - x;
    }
}
