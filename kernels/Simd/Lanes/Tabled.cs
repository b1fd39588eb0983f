using System.Runtime.Intrinsics.X86;

namespace LatentConformance.Simd.Lanes;

/// <summary>
/// Where sixteen floats can be looked up in registers, at whatever width: the ends of rows, which are narrower, have to answer as their
/// middles do.
/// </summary>
internal static class Tabled
{
    public static bool IsFast => Avx512F.VL.IsSupported;
}
