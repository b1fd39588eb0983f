using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// −Σ x log(x̂ + ε) + (1 − x) log(1 − x̂ + ε), ε = 1e-8 inside both logarithms as the documents have it: between 1e-8 and one
// both are normal numbers. ∂/∂x̂ = (1 − x)/(1 − x̂ + ε) − x/(x̂ + ε).
public static class Bce
{
    private const float Epsilon = 1e-8f;

    [Kernel("bce")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        PerSample.Sum<Term>(x, xHat, 1, loss);
    }

    [Kernel("bce.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, ReadOnlySpan<float> dLoss, Span<float> dXHat)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, xHat.Length, dXHat.Length]);
        PerSample.Pull<Term>(x, xHat, 1, dLoss, dXHat);
    }

    private readonly struct Term : ILossTerm
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V x, V output)
            where V : struct, ILanes<V>
        {
            var log = Elementary.LogOfNormal(output + V.Of(Epsilon));
            var logOfOther = Elementary.LogOfNormal((V.Of(1) - output) + V.Of(Epsilon));

            // The logarithm of a normal number knows no NaN: 0 · x̂ brings it back.
            var sum = V.MulAdd(-x, log, (x - V.Of(1)) * logOfOther);
            return V.MulAdd(V.Of(0), output, sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Slope<V>(V x, V output)
            where V : struct, ILanes<V>
        {
            var pull = x / (output + V.Of(Epsilon));
            var push = (V.Of(1) - x) / ((V.Of(1) - output) + V.Of(Epsilon));
            return push - pull;
        }
    }
}
