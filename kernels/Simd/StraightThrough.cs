using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// z + sg(quantized − z): the value is the quantized one, not rounded twice on the way; ∂/∂z the identity, ∂/∂quantized nothing.
public static class StraightThrough
{
    [Kernel("straight_through")]
    public static void Forward(ReadOnlySpan<float> quantized, Span<float> output)
    {
        Spans.Hold([quantized.Length], [output.Length]);
        Copied.To(quantized, output);
    }

    [Kernel("straight_through.vjp")]
    public static void Vjp(ReadOnlySpan<float> dOutput, Span<float> dZ, Span<float> dQuantized)
    {
        Spans.Hold([dOutput.Length], [dZ.Length, dQuantized.Length]);
        Copied.To(dOutput, dZ);
        dQuantized.Clear();
    }
}
