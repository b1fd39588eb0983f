using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// In training gumbel_softmax_hard with its soft gradient; in evaluation the one-hot of argmax logits, without noise or gradient.
public static unsafe class GumbelQuantize
{
    [Kernel("gumbel_quantize")]
    public static void Forward(ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, long training, Span<float> y, Span<long> indices)
    {
        var classes = Rows.Width(y.Length, indices.Length);
        Spans.Hold([indices.Length, classes], [logits.Length, uniforms.Length, y.Length]);
        Spans.Within(classes, Math.Min(1, indices.Length), int.MaxValue);
        if (training == 1)
        {
            GumbelSoftmaxHard.Forward(logits, uniforms, y, indices);
            return;
        }

        fixed (float* l = logits, result = y)
        {
            fixed (long* chosen = indices)
            {
                RowWise.Each(new Row(l, result, chosen, classes), indices.Length, classes);
            }
        }
    }

    [Kernel("gumbel_quantize.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, double temperature, long training, ReadOnlySpan<float> dY, Span<float> dLogits, int k)
    {
        Spans.Hold([dLogits.Length], [logits.Length, uniforms.Length, dY.Length]);
        if (training == 1)
        {
            GumbelSoftmax.Vjp(logits, uniforms, temperature, dY, dLogits, k);
        }
        else
        {
            dLogits.Clear();
        }
    }

    private readonly struct Row(float* logits, float* y, long* indices, nint classes) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var at = row * classes;
            var largest = Stretch.Largest<V, AsItIs>(new AsItIs(logits), at, at + classes);
            GumbelSoftmaxHard.Choose<V>(logits + at, largest, y + at, indices + row, classes);
        }
    }

    private readonly struct AsItIs(float* values) : ISummand
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V> => V.Load(values + at);
    }
}
