using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// y = softmax(s / τ), s = logits − log(−log u). A row is perturbed where its result will be, and stays in the first-level cache until
// it is done: perturbed, largest; e^((s − largest)/τ), sum; scaled. The largest comes off before the division, so that nothing
// overflows however small τ is. Backward the same with y·d summed beside y: ∂/∂logits = y (d − y·d) / τ.
public static unsafe class GumbelSoftmax
{
    [Kernel("gumbel_softmax")]
    public static void Forward(ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, double temperature, Span<float> y, int k)
    {
        var rows = Rows.Width(y.Length, k);
        Spans.Hold([rows, k], [logits.Length, uniforms.Length, y.Length]);
        fixed (float* l = logits, u = uniforms, result = y)
        {
            RowWise.Each(new Relaxed(l, u, result, k, (float)(1 / temperature)), rows, k);
        }
    }

    [Kernel("gumbel_softmax.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms, double temperature, ReadOnlySpan<float> dY, Span<float> dLogits, int k)
    {
        var rows = Rows.Width(dLogits.Length, k);
        Spans.Hold([rows, k], [logits.Length, uniforms.Length, dY.Length, dLogits.Length]);
        fixed (float* l = logits, u = uniforms, d = dY, result = dLogits)
        {
            RowWise.Each(new Pulled(l, u, d, result, k, (float)(1 / temperature)), rows, k);
        }
    }

    private readonly struct Relaxed(float* logits, float* uniforms, float* y, nint classes, float inverse) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var (at, end) = (row * classes, (row + 1) * classes);
            var largest = Stretch.Largest<V, Perturb>(new Perturb(logits, uniforms, y), at, end);
            var sum = Stretch.Sum<V, Power>(new Power(y, largest, inverse), at, end);
            Stretch.Map<V, Scale>(new Scale(y, 1 / sum), row, at, end, new Outputs(y));
        }
    }

    private readonly struct Pulled(float* logits, float* uniforms, float* dY, float* dLogits, nint classes, float inverse) : IRowWork
    {
        public void Do<V>(nint row)
            where V : struct, ILanes<V>
        {
            var (at, end) = (row * classes, (row + 1) * classes);
            var largest = Stretch.Largest<V, Perturb>(new Perturb(logits, uniforms, dLogits), at, end);
            var (sum, along) = Stretch.Sums<V, Weighted>(new Weighted(new Power(dLogits, largest, inverse), dY), at, end);
            Stretch.Map<V, Slope>(new Slope(dLogits, dY, along / sum, inverse / sum), row, at, end, new Outputs(dLogits));
        }
    }

    /// <summary>logits + noise, left where they will be needed.</summary>
    internal readonly struct Perturb(float* logits, float* uniforms, float* scores) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var score = V.Load(logits + at) + GumbelNoise.Of(V.Load(uniforms + at));
            score.Store(scores + at);
            return score;
        }
    }

    /// <summary>e^((s − largest) / τ) in place of s.</summary>
    private readonly struct Power(float* scores, float largest, float inverse) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var power = Elementary.Exp((V.Load(scores + at) - V.Of(largest)) * V.Of(inverse));
            power.Store(scores + at);
            return power;
        }
    }

    private readonly struct Weighted(Power power, float* dY) : ITwoSummands
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<V>(nint at, ref V first, ref V second)
            where V : struct, ILanes<V>
        {
            var weight = power.At<V>(at);
            first += weight;
            second = V.MulAdd(weight, V.Load(dY + at), second);
        }
    }

    private readonly struct Scale(float* y, float factor) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> => (V.Load(y + at) * V.Of(factor)).Store(to.A + at);
    }

    private readonly struct Slope(float* weights, float* dY, float mean, float factor) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> =>
            (V.Load(weights + at) * V.Of(factor) * (V.Load(dY + at) - V.Of(mean))).Store(to.A + at);
    }
}
