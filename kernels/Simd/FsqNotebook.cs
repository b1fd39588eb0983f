using LatentConformance.Contract;

namespace LatentConformance.Simd;

// The authors' notebook: half = (L − 1)(1 − 1e-3)/2, shift = tan(offset/half), width = L div 2.
public static class FsqNotebook
{
    [Kernel("fsq_notebook")]
    public static void Forward(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, Span<float> codes) =>
        FsqBounds.Forward(z, levels, FsqBound.Notebook, codes);

    [Kernel("fsq_notebook.vjp")]
    public static void Vjp(ReadOnlySpan<float> z, ReadOnlySpan<long> levels, ReadOnlySpan<float> dCodes, Span<float> dZ) =>
        FsqBounds.Vjp(z, levels, FsqBound.Notebook, dCodes, dZ);
}
