using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// The one-hot of argmax (logits + g), the lowest index on ties: the temperature moves no argmax, so there is no softmax here.
// Backward as the soft y.
public static unsafe class GumbelSoftmaxHard
{
    [Kernel("gumbel_softmax_hard")]
    public static void Forward(ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, Span<float> y, Span<long> indices)
    {
        var classes = Rows.Width(y.Length, indices.Length);
        Spans.Hold([indices.Length, classes], [logits.Length, uniforms.Length, y.Length]);
        Spans.Within(classes, Math.Min(1, indices.Length), int.MaxValue);
        fixed (float* l = logits, u = uniforms, result = y)
        {
            fixed (long* chosen = indices)
            {
                RowWise.Each(new Row(l, u, result, chosen, classes), indices.Length, classes);
            }
        }
    }

    [Kernel("gumbel_softmax_hard.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, double temperature, ReadOnlySpan<float> dY, Span<float> dLogits, int k) =>
        GumbelSoftmax.Vjp(logits, uniforms, temperature, dY, dLogits, k);

    /// <summary>One-hot of the first of the largest; of a row without a number, the first.</summary>
    internal static void Choose<V>(float* scores, float largest, float* y, long* index, nint classes)
        where V : struct, ILanes<V>
    {
        var first = Math.Max(0, Stretch.FirstEqual<V>(scores, classes, largest));
        new Span<float>(y, (int)classes).Clear();
        y[first] = 1;
        *index = first;
    }

    private readonly struct Row(float* logits, float* uniforms, float* y, long* indices, nint classes) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            // Perturbed where the one-hot will be.
            var at = row * classes;
            var largest = Stretch.Largest<V, GumbelSoftmax.Perturb>(new GumbelSoftmax.Perturb(logits, uniforms, y), at, at + classes);
            Choose<V>(y + at, largest, y + at, indices + row, classes);
        }
    }
}
