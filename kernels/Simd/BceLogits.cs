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
        fixed (float* target = x, output = logits)
        {
            RowSums.Of(new Term(target, output), loss.Length, width, 1, loss);
        }
    }

    [Kernel("bce_logits.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> logits, ReadOnlySpan<float> dLoss, Span<float> dLogits)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, logits.Length, dLogits.Length]);
        fixed (float* target = x, output = logits, d = dLoss, result = dLogits)
        {
            Maps.Each(new Slope(target, output, d), x.Length, width, new Outputs(result));
        }
    }

    private readonly struct Term(float* x, float* logits) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var l = V.Load(logits + at);

            // By the maximum of l and 0, in this order a NaN in l comes through.
            return V.MulAdd(-l, V.Load(x + at), V.Max(V.Of(0), l)) + Elementary.Log1pExpOfMinusAbs(l);
        }
    }

    private readonly struct Slope(float* x, float* logits, float* dLoss) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(dLoss[row]);
            (upstream * (Elementary.Sigmoid(V.Load(logits + at)) - V.Load(x + at))).Store(to.A + at);
        }
    }
}
