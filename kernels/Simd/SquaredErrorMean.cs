using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// ‖x − x̂‖² / D; ∂/∂x̂ = 2 (x̂ − x) / D.
public static class SquaredErrorMean
{
    [Kernel("squared_error_mean")]
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, Span<float> loss)
    {
        var width = Rows.Width(x.Length, loss.Length);
        Spans.Hold([loss.Length, width], [x.Length, xHat.Length]);
        PerSample.Sum<SquaredErrorSum.Term>(x, xHat, 1.0 / width, loss);
    }

    [Kernel("squared_error_mean.vjp")]
    public static void Vjp(ReadOnlySpan<float> x, ReadOnlySpan<float> xHat, ReadOnlySpan<float> dLoss, Span<float> dXHat)
    {
        var width = Rows.Width(x.Length, dLoss.Length);
        Spans.Hold([dLoss.Length, width], [x.Length, xHat.Length, dXHat.Length]);
        PerSample.Pull<SquaredErrorSum.Term>(x, xHat, 1.0 / width, dLoss, dXHat);
    }
}
