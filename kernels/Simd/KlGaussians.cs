using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// KL(q ‖ p) = ½ Σ (e^x − 1 − x) + Δ² e^−lp, x = lq − lp, Δ = μq − μp: of equals nothing is left, as in kl_standard.
// ∂/∂μq = Δ e^−lp = −∂/∂μp, ∂/∂lq = ½ (e^x − 1), ∂/∂lp = −½ (e^x − 1 + Δ² e^−lp).
public static unsafe class KlGaussians
{
    [Kernel("kl_gaussians")]
    public static void Forward(ReadOnlySpan<float> muQ, ReadOnlySpan<float> logvarQ, ReadOnlySpan<float> muP, ReadOnlySpan<float> logvarP, Span<float> kl)
    {
        var width = Rows.Width(muQ.Length, kl.Length);
        Spans.Hold([kl.Length, width], [muQ.Length, logvarQ.Length, muP.Length, logvarP.Length]);
        fixed (float* mq = muQ, lq = logvarQ, mp = muP, lp = logvarP)
        {
            RowSums.Of(new Term(mq, lq, mp, lp), kl.Length, width, 0.5, kl);
        }
    }

    [Kernel("kl_gaussians.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> muQ,
        ReadOnlySpan<float> logvarQ,
        ReadOnlySpan<float> muP,
        ReadOnlySpan<float> logvarP,
        ReadOnlySpan<float> dKl,
        Span<float> dMuQ,
        Span<float> dLogvarQ,
        Span<float> dMuP,
        Span<float> dLogvarP)
    {
        var width = Rows.Width(muQ.Length, dKl.Length);
        Spans.Hold([dKl.Length, width], [muQ.Length, logvarQ.Length, muP.Length, logvarP.Length, dMuQ.Length, dLogvarQ.Length, dMuP.Length, dLogvarP.Length]);
        fixed (float* mq = muQ, lq = logvarQ, mp = muP, lp = logvarP, d = dKl, dmq = dMuQ, dlq = dLogvarQ, dmp = dMuP, dlp = dLogvarP)
        {
            Maps.Each(new Slope(mq, lq, mp, lp, d), muQ.Length, width, new Outputs(dmq, dlq, dmp, dlp));
        }
    }

    /// <summary>
    /// a − b and what its rounding took away: e^x errs by that times e^x, which is much where the variances are far apart.
    /// Beyond the range of e^x, and at infinities, there is nothing to put right.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V X, V Lost) Difference<V>(V a, V b)
        where V : struct, ILanes<V>
    {
        var x = a - b;
        var taken = a - x;
        return (x, (a - (x + taken) + (taken - b)) & V.Less(V.Abs(x), V.Of(90)));
    }

    private readonly struct Term(float* muQ, float* logvarQ, float* muP, float* logvarP) : ISummand
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V At<V>(nint at)
            where V : struct, ILanes<V>
        {
            var lp = V.Load(logvarP + at);
            var (x, lost) = Difference(V.Load(logvarQ + at), lp);
            var shift = V.Load(muQ + at) - V.Load(muP + at);
            var spread = Elementary.ExpM1MinusX(x);
            return V.MulAdd(lost, spread + x, V.MulAdd(shift * shift, Elementary.Exp(-lp), spread));
        }
    }

    private readonly struct Slope(float* muQ, float* logvarQ, float* muP, float* logvarP, float* dKl) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var upstream = V.Of(dKl[row]);
            var lp = V.Load(logvarP + at);
            var (x, lost) = Difference(V.Load(logvarQ + at), lp);
            var shift = V.Load(muQ + at) - V.Load(muP + at);
            var pull = shift * Elementary.Exp(-lp);
            var excess = Elementary.ExpM1(x);
            excess = V.MulAdd(lost, excess + V.Of(1), excess);

            var byMean = upstream * pull;
            byMean.Store(to.A + at);
            (V.Of(0.5f) * upstream * excess).Store(to.B + at);
            (-byMean).Store(to.C + at);
            (V.Of(-0.5f) * upstream * V.MulAdd(shift, pull, excess)).Store(to.D + at);
        }
    }
}
