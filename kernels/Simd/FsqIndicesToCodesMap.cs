using LatentConformance.Contract;

namespace LatentConformance.Simd;

// fsq_indices_to_codes of a map: the dimensions of a code become channels.
public static class FsqIndicesToCodesMap
{
    [Kernel("fsq_indices_to_codes_map")]
    public static void Forward(ReadOnlySpan<long> indices, ReadOnlySpan<long> levels, Span<float> codes, int h, int w) =>
        FsqIndicesToCodes.Maps(indices, levels, codes, (nint)h * w);
}
