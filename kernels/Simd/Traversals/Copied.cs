using System.Runtime.CompilerServices;
using LatentConformance.Simd.Lanes;

namespace LatentConformance.Simd.Traversals;

/// <summary>The gradient of the identity: a copy, by all threads.</summary>
internal static unsafe class Copied
{
    public static void To(ReadOnlySpan<float> source, Span<float> target)
    {
        fixed (float* from = source, to = target)
        {
            Elements.Each(new Copy(from, to), source.Length);
        }
    }

    private readonly struct Copy(float* from, float* to) : IElement
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<V>(nint at, nint row)
            where V : struct, ILanes<V> => V.Load(from + at).Store(to + at);
    }
}
