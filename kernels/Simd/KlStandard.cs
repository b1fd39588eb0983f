using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// KL(N(μ, σ²) ‖ N(0, 1)) = ½ Σ (μ² + (e^lv − 1 − lv)), one pass over both inputs; ∂/∂μ = μ, ∂/∂lv = ½ (e^lv − 1). The
// bracket is taken as a whole and e^lv − 1 as expm1: near the prior the textbook's four terms leave nothing but roundoff.
public static unsafe class KlStandard
{
    [Kernel("kl_standard")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl)
    {
        var width = Rows.Width(mu.Length, kl.Length);
        Spans.Hold([kl.Length, width], [mu.Length, logvar.Length]);
        fixed (float* m = mu, lv = logvar)
        {
            RowSums.Of(new Term(m, lv), kl.Length, width, 0.5f, kl);
        }
    }

    [Kernel("kl_standard.vjp")]
    public static void Vjp(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, ReadOnlySpan<float> dKl, Span<float> dMu, Span<float> dLogvar) =>
        WeightedVjp(mu, logvar, 1, dKl, dMu, dLogvar);

    /// <summary>The slopes of weight · KL.</summary>
    internal static void WeightedVjp(
        ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, double weight, ReadOnlySpan<float> dKl, Span<float> dMu, Span<float> dLogvar)
    {
        var width = Rows.Width(mu.Length, dKl.Length);
        Spans.Hold([dKl.Length, width], [mu.Length, logvar.Length, dMu.Length, dLogvar.Length]);
        fixed (float* m = mu, lv = logvar, d = dKl, dm = dMu, dlv = dLogvar)
        {
            Maps.Each(new Slope(m, lv, (float)weight, d), mu.Length, width, new Outputs(dm, dlv));
        }
    }

    private readonly struct Term(float* mu, float* logvar) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var m = V.Load(mu + at);
            return V.MulAdd(m, m, Elementary.ExpM1MinusX(V.Load(logvar + at)));
        }
    }

    private readonly struct Slope(float* mu, float* logvar, float weight, float* dKl) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(weight * dKl[row]);
            (upstream * V.Load(mu + at)).Store(to.A + at);
            (V.Of(0.5f) * upstream * Elementary.ExpM1(V.Load(logvar + at))).Store(to.B + at);
        }
    }
}
