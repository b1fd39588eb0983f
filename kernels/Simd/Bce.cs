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
        fixed (float* target = x, output = xHat)
        {
            RowSums.Of(new Term(target, output), loss.Length, width, 1, loss);
        }
    }

    [Kernel("bce.vjp")]
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
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var target = V.Load(x + at);
            var output = V.Load(xHat + at);
            var log = Elementary.LogOfNormal(output + V.Of(Epsilon));
            var logOfOther = Elementary.LogOfNormal((V.Of(1) - output) + V.Of(Epsilon));

            // The logarithm of a normal number knows no NaN: 0 · x̂ brings it back.
            var sum = V.MulAdd(target, log, (V.Of(1) - target) * logOfOther);
            return V.MulAdd(V.Of(0), output, -sum);
        }
    }

    private readonly struct Slope(float* x, float* xHat, float* dLoss) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(dLoss[row]);
            var target = V.Load(x + at);
            var output = V.Load(xHat + at);
            var pull = target / (output + V.Of(Epsilon));
            var push = (V.Of(1) - target) / ((V.Of(1) - output) + V.Of(Epsilon));
            (upstream * (push - pull)).Store(to.A + at);
        }
    }
}
