using LatentConformance.Contract;
using LatentConformance.Simd.Products;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// y[b,o,p,q] = bias[o] + Σ_{c,r,s} weight[o,c,r,s] · x[b,c, p·stride − padding + r·dilation, q·stride − padding + s·dilation], what lies
// outside being zero. The asymmetric one has a row of zeros below and a column to the right only, and stride 2.
public static unsafe class Conv2d
{
    /// <summary>Far beyond any in use: places in a padded row are counted in 32 bits.</summary>
    private const int Furthest = 1 << 24;

    [Kernel("conv2d")]
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, long stride, long padding, long dilation, Span<float> y,
        int b, int c, int h, int w, int o, int r, int s, int p, int q)
    {
        Spans.Within(stride, 1, Furthest);
        Spans.Within(padding, 0, Furthest);
        Spans.Within(dilation, 1, Furthest);
        var walk = new Walk((int)stride, (int)padding, (int)dilation);
        Of(x, weight, bias, walk, 2 * padding, y, b, c, h, w, o, r, s, p, q);
    }

    [Kernel("conv2d_asymmetric")]
    public static void Asymmetric(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y,
        int b, int c, int h, int w, int o, int r, int s, int p, int q) =>
        Of(x, weight, bias, new Walk(2, 0, 1), 1, y, b, c, h, w, o, r, s, p, q);

    private static void Of(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Walk walk, long zeros, Span<float> y,
        int b, int c, int h, int w, int o, int r, int s, int p, int q)
    {
        Spans.Hold([b, c, h, w], [x.Length]);
        Spans.Hold([o, c, r, s], [weight.Length]);
        Spans.Hold([o], [bias.Length]);
        Spans.Hold([b, o, p, q], [y.Length]);
        Spans.Within(r, 1, h + zeros);
        Spans.Within(s, 1, w + zeros);
        var (rows, columns) = (Positions(h + zeros, r, walk), Positions(w + zeros, s, walk));
        Spans.Within(p, rows, rows);
        Spans.Within(q, columns, columns);
        fixed (float* input = x, weights = weight, added = bias, output = y)
        {
            ImageProduct.Of(input, weights, added, output, new ConvolutionSizes(b, c, (h, w), o, (r, s), (p, q)), walk);
        }
    }

    /// <summary>Below none, which no output has, where the kernel reaches over the map.</summary>
    private static long Positions(long size, long kernel, Walk walk) =>
        size <= walk.Dilation * (kernel - 1) ? -1 : ((size - (walk.Dilation * (kernel - 1)) - 1) / walk.Stride) + 1;
}
