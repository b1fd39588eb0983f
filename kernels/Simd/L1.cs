using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// Σ |x − x̂|; ∂/∂x̂ = sign(x̂ − x), zero where they are equal and NaN where either is.
public static unsafe class L1
{
    [Kernel("l1")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        fixed (float* target = x, output = xHat)
        {
            RowSums.Of(new Term(target, output), loss.Length, width, 1, loss);
        }
    }

    [Kernel("l1.vjp")]
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
            where V : struct, ILanes<V> => V.Abs(V.Load(x + at) - V.Load(xHat + at));
    }

    private readonly struct Slope(float* x, float* xHat, float* dLoss) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(dLoss[row]);
            var difference = V.Load(xHat + at) - V.Load(x + at);
            var sign = V.Select(V.Less(difference, V.Of(0)), V.Of(-1), V.Select(V.Less(V.Of(0), difference), V.Of(1), difference));
            (upstream * sign).Store(to.A + at);
        }
    }
}
