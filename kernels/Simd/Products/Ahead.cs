using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LatentConformance.Simd.Products;

/// <summary>Asks for memory that is needed soon; an address that is nobody's does no harm.</summary>
internal static unsafe class Ahead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
        }
    }
}
