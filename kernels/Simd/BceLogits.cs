using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// Σ max(l, 0) − l x + log1p(e^−|l|): finite for every logit; ∂/∂l = sigmoid(l) − x.
public static unsafe class BceLogits
{
    [Kernel("bce_logits")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> logits, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, logits.Length]);
        fixed (float* target = x, made = logits)
        {
            RowSums.OfSegments(new Segment(target, made), loss.Length, width, 1, loss);
        }
    }

    [Kernel("bce_logits.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> logits, ReadOnlySpan<float> dLoss, Span<float> dLogits)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, logits.Length, dLogits.Length]);
        PerSample.Pull<Term>(x, logits, 1, dLoss, dLogits);
    }

    private readonly struct Segment(float* x, float* logits) : ISegment
    {
        public float Sum<V>(nint at, nint end)
            where V : struct, ILanes<V>
        {
            var whole = V.Count == 16 && Tabled.IsFast ? (end - at) / 16 * 16 : 0;
            return Stretch.Sum<V, PerSample.Term<Term>>(new(x, logits), at + whole, end)
                + (whole > 0 ? TabledSoftplusSum.Sum(x + at, logits + at, whole) : 0);
        }
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
