using System.Runtime.CompilerServices;
using LatentConformance.Contract;
using LatentConformance.Simd.Lanes;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// g = −log(−log u), u strictly between 0 and 1: −log u is then a normal number. ∂g/∂u = −1 / (u log u).
public static unsafe class GumbelNoise
{
    [Kernel("gumbel_noise")]
    public static void Forward(ReadOnlySpan<float> uniforms, Span<float> noise)
    {
        Spans.Hold([uniforms.Length], [noise.Length]);
        fixed (float* u = uniforms, result = noise)
        {
            Maps.Each(new Noise(u), uniforms.Length, new Outputs(result));
        }
    }

    [Kernel("gumbel_noise.vjp")]
    public static void Vjp(ReadOnlySpan<float> uniforms, ReadOnlySpan<float> dNoise, Span<float> dUniforms)
    {
        Spans.Hold([uniforms.Length], [dNoise.Length, dUniforms.Length]);
        fixed (float* u = uniforms, d = dNoise, result = dUniforms)
        {
            Maps.Each(new Slope(u, d), uniforms.Length, new Outputs(result));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Of<V>(V uniform)
        where V : struct, ILanes<V> => -Elementary.LogOfNormal(-Elementary.LogOfPositive(uniform));

    private readonly struct Noise(float* uniforms) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> => Of(V.Load(uniforms + at)).Store(to.A + at);
    }

    private readonly struct Slope(float* uniforms, float* dNoise) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V>
        {
            var u = V.Load(uniforms + at);
            (V.Load(dNoise + at) / -(u * Elementary.LogOfPositive(u))).Store(to.A + at);
        }
    }
}
