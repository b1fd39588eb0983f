using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// −Σ x log(x̂ + ε) + (1 − x) log(1 − x̂ + ε), ε = 1e-8 inside both logarithms as the documents have it: between 1e-8 and one
// both are normal numbers. ∂/∂x̂ = (1 − x)/(1 − x̂ + ε) − x/(x̂ + ε).
public static unsafe class Bce
{
    private const float Epsilon = 1e-8f;

    [Kernel("bce")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        fixed (float* target = x, made = xHat)
        {
            RowSums.OfSegments(new Segment(target, made), loss.Length, width, 1, loss);
        }
    }

    [Kernel("bce.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, ReadOnlySpan<float> dLoss, Span<float> dXHat)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, xHat.Length, dXHat.Length]);
        PerSample.Pull<Term>(x, xHat, 1, dLoss, dXHat);
    }

    private readonly struct Segment(float* x, float* xHat) : ISegment
    {
        public float Sum<V>(nint at, nint end)
            where V : struct, ILanes<V>
        {
            var whole = V.Count == 16 && Tabled.IsFast ? (end - at) / 16 * 16 : 0;
            return Stretch.Sum<V, PerSample.Term<Term>>(new(x, xHat), at + whole, end)
                - (whole > 0 ? TwoTabledLogs.Sum(x + at, xHat + at, whole, Epsilon) : 0);
        }
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
            return V.MulAdd(-x, log, (x - V.Of(1)) * logOfOther);
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
