using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>The gradient of the identity: a copy, by all threads, past the caches where it does not fit them.</summary>
internal static unsafe class Copied
{
    public static void To(ReadOnlySpan<float> source, Span<float> target)
    {
        fixed (float* from = source, to = target)
        {
            Maps.Each(new Copy(from), source.Length, new Outputs(to));
        }
    }

    private readonly struct Copy(float* from) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row, Outputs to)
            where V : struct, ILanes<V> => V.Load(from + at).Store(to.A + at);
    }
}
