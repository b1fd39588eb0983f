using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// fsq_indices_to_codes of a map: the dimensions of a code become channels.
public static class FsqIndicesToCodesMap
{
    [Kernel("fsq_indices_to_codes_map")]
    public static void Forward(ReadOnlySpan<long> indices, ReadOnlySpan<long> levels, Span<float> codes, int h, int w)
    {
        var maps = Rows.Width(indices.Length, h * w);
        Spans.Hold([maps, h, w], [indices.Length]);
        FsqIndicesToCodes.Maps(indices, levels, codes, (nint)h * w);
    }
}
