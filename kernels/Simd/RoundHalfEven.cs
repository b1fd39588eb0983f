using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// To the nearest whole number, halves to the even one; the gradient is the identity's.
public static unsafe class RoundHalfEven
{
    [Kernel("round_half_even")]
    public static void Forward(ReadOnlySpan<float> x, Span<float> rounded)
    {
        Spans.Hold([x.Length], [rounded.Length]);
        fixed (float* from = x, result = rounded)
        {
            Maps.Each(new Nearest(from), x.Length, new Outputs(result));
        }
    }

    [Kernel("round_half_even.vjp")]
    public static void Vjp(ReadOnlySpan<float> dRounded, Span<float> dX)
    {
        Spans.Hold([dRounded.Length], [dX.Length]);
        Copied.To(dRounded, dX);
    }

    private readonly struct Nearest(float* x) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> => V.Round(V.Load(x + at)).Store(to.A + at);
    }
}
