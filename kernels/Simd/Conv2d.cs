using LatentConformance.Contract;
using LatentConformance.Simd.Products;

namespace LatentConformance.Simd;

// y[b,o,p,q] = bias[o] + Σ_{c,r,s} weight[o,c,r,s] · x[b,c, p·stride − padding + r·dilation, q·stride − padding + s·dilation], what lies
// outside being zero. The asymmetric one has a row of zeros below and a column to the right only, and stride 2.
public static unsafe class Conv2d
{
    [Kernel("conv2d")]
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, long stride, long padding, long dilation, Span<float> y,
        int b, int c, int h, int w, int o, int r, int s, int p, int q) =>
        Of(x, weight, bias, new Walk((int)stride, (int)padding, (int)dilation), y, b, c, (h, w), o, (r, s), (p, q));

    [Kernel("conv2d_asymmetric")]
    public static void Asymmetric(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y,
        int b, int c, int h, int w, int o, int r, int s, int p, int q) =>
        Of(x, weight, bias, new Walk(2, 0, 1), y, b, c, (h, w), o, (r, s), (p, q));

    private static void Of(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Walk walk, Span<float> y,
        int maps, int channels, (int, int) size, int outputs, (int, int) kernel, (int, int) result)
    {
        fixed (float* input = x, weights = weight, added = bias, output = y)
        {
            ImageProduct.Of(input, weights, added, output, new ConvolutionSizes(maps, channels, size, outputs, kernel, result), walk);
        }
    }
}
