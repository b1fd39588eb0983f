using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// z_t = μ + σ ε_t, t = 1 … T, draw by draw: a draw is a reparameterize of its own, and μ and lv of one batch stay in a cache.
// Backward element by element, all draws at once, since the gradients by μ and lv are sums over t: Σ d_t and ½ σ Σ d_t ε_t.
public static unsafe class ReparameterizeDraws
{
    [Kernel("reparameterize_draws")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, ReadOnlySpan<float> epsilon, Span<float> z)
    {
        Spans.Hold([mu.Length], [logvar.Length]);
        var draws = Rows.Width(z.Length, mu.Length);
        Spans.Hold([draws, mu.Length], [epsilon.Length, z.Length]);
        for (var at = 0; at < z.Length; at += mu.Length)
        {
            Reparameterize.Forward(mu, logvar, epsilon.Slice(at, mu.Length), z.Slice(at, mu.Length));
        }
    }

    [Kernel("reparameterize_draws.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> logvar, ReadOnlySpan<float> epsilon, ReadOnlySpan<float> dZ, Span<float> dMu, Span<float> dLogvar, Span<float> dEpsilon)
    {
        var draws = Rows.Width(dZ.Length, logvar.Length);
        Spans.Hold([logvar.Length], [dMu.Length, dLogvar.Length]);
        Spans.Hold([draws, logvar.Length], [epsilon.Length, dZ.Length, dEpsilon.Length]);
        fixed (float* lv = logvar, e = epsilon, d = dZ, dm = dMu, dlv = dLogvar, de = dEpsilon)
        {
            Maps.Each(new Slope(lv, e, d, de, draws, logvar.Length), logvar.Length, new Outputs(dm, dlv));
        }
    }

    private readonly struct Slope(float* logvar, float* epsilon, float* dZ, float* dEpsilon, nint draws, nint batch) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var sigma = Elementary.Exp(V.Of(0.5f) * V.Load(logvar + at));
            V byMu = V.Of(0), byNoise = V.Of(0);
            var i = at;
            for (nint t = 0; t < draws; t++)
            {
                var d = V.Load(dZ + i);
                byMu += d;
                byNoise = V.MulAdd(d, V.Load(epsilon + i), byNoise);
                (d * sigma).Store(dEpsilon + i);
                i += batch;
            }

            byMu.Store(to.A + at);
            (V.Of(0.5f) * sigma * byNoise).Store(to.B + at);
        }
    }
}
