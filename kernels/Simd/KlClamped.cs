using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// ½ Σ (μ² + (e^c − 1 − c)), c = min(max(lv, low), high); outside nothing depends on lv and its slope is zero. A NaN is no number to
// clamp: it goes through.
public static unsafe class KlClamped
{
    [Kernel("kl_clamped")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, double low, double high, Span<float> kl)
    {
        var width = Rows.Width(mu.Length, kl.Length);
        Spans.Hold([kl.Length, width], [mu.Length, logvar.Length]);
        fixed (float* m = mu, lv = logvar)
        {
            RowSums.Of(new Term(m, lv, (float)low, (float)high), kl.Length, width, 0.5, kl);
        }
    }

    [Kernel("kl_clamped.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, double low, double high, ReadOnlySpan<float> dKl, Span<float> dMu, Span<float> dLogvar)
    {
        var width = Rows.Width(mu.Length, dKl.Length);
        Spans.Hold([dKl.Length, width], [mu.Length, logvar.Length, dMu.Length, dLogvar.Length]);
        fixed (float* m = mu, lv = logvar, d = dKl, dm = dMu, dlv = dLogvar)
        {
            Maps.Each(new Slope(m, lv, (float)low, (float)high, d), mu.Length, width, new Outputs(dm, dlv));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Clamp<V>(V value, float low, float high)
        where V : struct, ILanes<V> => V.Max(V.Of(low), V.Min(V.Of(high), value));

    private readonly struct Term(float* mu, float* logvar, float low, float high) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var m = V.Load(mu + at);
            return V.MulAdd(m, m, Elementary.ExpM1MinusX(Clamp(V.Load(logvar + at), low, high)));
        }
    }

    private readonly struct Slope(float* mu, float* logvar, float low, float high, float* dKl) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(dKl[row]);
            var lv = V.Load(logvar + at);
            var outside = V.Less(lv, V.Of(low)) | V.Less(V.Of(high), lv);
            (upstream * V.Load(mu + at)).Store(to.A + at);
            V.Select(outside, V.Of(0), V.Of(0.5f) * upstream * Elementary.ExpM1(Clamp(lv, low, high))).Store(to.B + at);
        }
    }
}
