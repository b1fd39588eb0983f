using LatentConformance.Contract;

namespace LatentConformance.Reference;

// y[b,o, h·stride − pad + r, w·stride − pad + s] += weight[c,o,r,s] · x[b,c,h,w], and the bias once;
// P = (H − 1)·stride − 2·pad + R + output_padding. Rows that nothing is added to hold the bias alone.
public sealed partial class ReferenceKernels
{
    public Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding) =>
        TransposeWired(x, weight, bias, stride, padding, outputPadding).Forward(bias);

    public (Tensor? DX, Tensor? DWeight, Tensor? DBias) ConvTranspose2dVjp(
        Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding, Tensor dY) =>
        TransposeWired(x, weight, bias, stride, padding, outputPadding).Backward(bias, dY);

    private static Wiring TransposeWired(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding)
    {
        Refuse.UnlessChannelsFit(x.Shape[1], weight.Shape[0], weight.Shape[1], bias);
        var (n, channels, height, width) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        var (outputs, rows, columns) = (weight.Shape[1], weight.Shape[2], weight.Shape[3]);
        var p = (int)TransposedSize(height, rows, stride, padding, outputPadding);
        var q = (int)TransposedSize(width, columns, stride, padding, outputPadding);
        var taps =
            from b in Enumerable.Range(0, n)
            from c in Enumerable.Range(0, channels)
            from h in Enumerable.Range(0, height)
            from w in Enumerable.Range(0, width)
            from o in Enumerable.Range(0, outputs)
            from r in Enumerable.Range(0, rows)
            from s in Enumerable.Range(0, columns)
            let i = (int)((h * stride) - padding + r)
            let j = (int)((w * stride) - padding + s)
            where i >= 0 && i < p && j >= 0 && j < q
            select new Tap(
                (((((b * channels) + c) * height) + h) * width) + w,
                (((((c * outputs) + o) * rows) + r) * columns) + s,
                (((((b * outputs) + o) * p) + i) * q) + j);
        return new Wiring(x, weight, [n, outputs, p, q], [.. taps]);
    }

    private static long TransposedSize(long size, long kernel, long stride, long padding, long outputPadding)
    {
        RefuseUnlessWholeSizes(size, kernel, stride, padding);
        if (outputPadding < 0 || outputPadding >= stride)
        {
            throw new RefusalException($"output_padding is {outputPadding}; it is not negative and below the stride of {stride}");
        }

        var transposed = checked(((size - 1) * stride) - (2 * padding) + kernel + outputPadding);
        return transposed >= 1 ? transposed : throw new RefusalException($"a size of {size} would become {transposed}");
    }
}
