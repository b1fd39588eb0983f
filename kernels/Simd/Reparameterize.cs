using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// z = μ + σ ε, σ = e^(lv/2); ∂/∂μ = 1, ∂/∂lv = ½ σ ε, ∂/∂ε = σ. Halving the log-variance rather than rooting e^lv: that
// overflows at twice the σ that a float holds.
public static unsafe class Reparameterize
{
    [Kernel("reparameterize")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, ReadOnlySpan<float> epsilon, Span<float> z)
    {
        Spans.Hold([z.Length], [mu.Length, logvar.Length, epsilon.Length]);
        fixed (float* m = mu, lv = logvar, e = epsilon, result = z)
        {
            Maps.Each(new Draw(m, lv, e), z.Length, new Outputs(result));
        }
    }

    [Kernel("reparameterize.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> logvar, ReadOnlySpan<float> epsilon, ReadOnlySpan<float> dZ, Span<float> dMu, Span<float> dLogvar, Span<float> dEpsilon)
    {
        Spans.Hold([dZ.Length], [logvar.Length, epsilon.Length, dMu.Length, dLogvar.Length, dEpsilon.Length]);
        fixed (float* lv = logvar, e = epsilon, d = dZ, dm = dMu, dlv = dLogvar, de = dEpsilon)
        {
            Maps.Each(new Slope(lv, e, d), dZ.Length, new Outputs(dm, dlv, de));
        }
    }

    private readonly struct Draw(float* mu, float* logvar, float* epsilon) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> =>
            V.MulAdd(Elementary.Exp(V.Of(0.5f) * V.Load(logvar + at)), V.Load(epsilon + at), V.Load(mu + at)).Store(to.A + at);
    }

    private readonly struct Slope(float* logvar, float* epsilon, float* dZ) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var d = V.Load(dZ + at);
            var byEpsilon = d * Elementary.Exp(V.Of(0.5f) * V.Load(logvar + at));
            d.Store(to.A + at);
            (V.Of(0.5f) * byEpsilon * V.Load(epsilon + at)).Store(to.B + at);
            byEpsilon.Store(to.C + at);
        }
    }
}
