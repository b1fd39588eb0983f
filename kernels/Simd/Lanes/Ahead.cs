using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LatentConformance.Simd.Lanes;

/// <summary>Asks for memory that is needed soon; an address that is nobody's does no harm.</summary>
internal static unsafe class Ahead
{
    /// <summary>A page, in floats: hardware that guesses what comes next guesses no further than where a page ends.</summary>
    private const nint Page = 1024;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(at);
        }
    }

    /// <summary>What is read from one end to the other: loads a register, and asks for the one a page on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(float* at)
        where V : struct, ILanes<V>
    {
        Fetch(at + Page);
        return V.Load(at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load512(float* at)
    {
        Fetch(at + Page);
        return Vector512.Load(at);
    }
}
