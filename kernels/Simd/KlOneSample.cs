using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// log q(z) − log p(z) = ½ Σ z² − lv − (z − μ)² e^−lv: the two log 2π are one and are never added.
// ∂/∂z = z − (z − μ) e^−lv, ∂/∂μ = (z − μ) e^−lv, ∂/∂lv = ½ ((z − μ)² e^−lv − 1).
public static unsafe class KlOneSample
{
    [Kernel("kl_one_sample")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl)
    {
        var width = Rows.Width(z.Length, kl.Length);
        Spans.Hold([kl.Length, width], [z.Length, mu.Length, logvar.Length]);
        fixed (float* draw = z, m = mu, lv = logvar)
        {
            RowSums.Of(new Term(draw, m, lv), kl.Length, width, 0.5, kl);
        }
    }

    [Kernel("kl_one_sample.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> mu,
        ReadOnlySpan<float> logvar,
        ReadOnlySpan<float> dKl,
        Span<float> dZ,
        Span<float> dMu,
        Span<float> dLogvar)
    {
        var width = Rows.Width(z.Length, dKl.Length);
        Spans.Hold([dKl.Length, width], [z.Length, mu.Length, logvar.Length, dZ.Length, dMu.Length, dLogvar.Length]);
        fixed (float* draw = z, m = mu, lv = logvar, d = dKl, dz = dZ, dm = dMu, dlv = dLogvar)
        {
            Maps.Each(new Slope(draw, m, lv, d), z.Length, width, new Outputs(dz, dm, dlv));
        }
    }

    private readonly struct Term(float* z, float* mu, float* logvar) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var draw = V.Load(z + at);
            var lv = V.Load(logvar + at);
            var off = draw - V.Load(mu + at);
            return V.MulAdd(draw, draw, -lv) - (off * off * Elementary.Exp(-lv));
        }
    }

    private readonly struct Slope(float* z, float* mu, float* logvar, float* dKl) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(dKl[row]);
            var draw = V.Load(z + at);
            var off = draw - V.Load(mu + at);
            var pull = off * Elementary.Exp(-V.Load(logvar + at));
            (upstream * (draw - pull)).Store(to.A + at);
            (upstream * pull).Store(to.B + at);
            (V.Of(0.5f) * upstream * V.MulAdd(off, pull, V.Of(-1))).Store(to.C + at);
        }
    }
}
