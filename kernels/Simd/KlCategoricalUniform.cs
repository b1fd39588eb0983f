using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// KL(softmax(l) ‖ 1/K) = Σ p log p + log K. With d = l − largest, S = Σ e^d and T = Σ d e^d that is T/S − log S + log K: no class has a
// logarithm of its own, and one of no weight costs nothing. ∂/∂l = p (d − T/S): log S is in both terms and leaves.
public static unsafe class KlCategoricalUniform
{
    [Kernel("kl_categorical_uniform")]
    public static void Forward(ReadOnlySpan<float> logits, Span<float> kl)
    {
        var classes = Rows.Width(logits.Length, kl.Length);
        Spans.Hold([kl.Length, classes], [logits.Length]);
        fixed (float* l = logits, result = kl)
        {
            RowWise.Each(new Row(l, null, result, classes), kl.Length, classes);
        }
    }

    [Kernel("kl_categorical_uniform.vjp")]
    public static void Vjp(ReadOnlySpan<float> logits, ReadOnlySpan<float> dKl, Span<float> dLogits)
    {
        var classes = Rows.Width(logits.Length, dKl.Length);
        Spans.Hold([dKl.Length, classes], [logits.Length, dLogits.Length]);
        fixed (float* l = logits, d = dKl, result = dLogits)
        {
            RowWise.Each(new Row(l, d, result, classes), dKl.Length, classes);
        }
    }

    /// <summary>A row's KL, or its gradient where there is something coming down.</summary>
    private readonly struct Row(float* logits, float* dKl, float* to, nint classes) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var (at, end) = (row * classes, (row + 1) * classes);
            var largest = Stretch.Largest<V, AsItIs>(new AsItIs(logits), at, end);
            var (sum, moment) = Stretch.Sums<V, Moments>(new Moments(logits, largest), at, end);
            if (dKl == null)
            {
                to[row] = (float)(((double)moment / sum) - Math.Log(sum) + Math.Log(classes));
                return;
            }

            Stretch.Map<V, Slope>(new Slope(logits, largest, moment / sum, dKl[row] / sum), row, at, end, new Outputs(to));
        }
    }

    private readonly struct AsItIs(float* values) : ISummand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V> => V.Load(values + at);
    }

    private readonly struct Moments(float* logits, float largest) : ITwoSummands
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<V>(nint at, ref V first, ref V second)
            where V : struct, ILanes<V>
        {
            var d = V.Load(logits + at) - V.Of(largest);
            var power = Elementary.Exp(d);
            first += power;

            // Of −∞ there is no part, and −∞ · 0 is no number.
            second += V.Select(V.Equal(power, V.Of(0)), power, power * d);
        }
    }

    private readonly struct Slope(float* logits, float largest, float mean, float factor) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var d = V.Load(logits + at) - V.Of(largest);
            var power = Elementary.Exp(d);
            V.Select(V.Equal(power, V.Of(0)), power, V.Of(factor) * power * (d - V.Of(mean))).Store(to.A + at);
        }
    }
}
