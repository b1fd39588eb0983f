namespace LatentConformance.Torch;

// The transpose of conv2d's linear map: x[c, h, w] · weight[c, o, r, s] is added to y[o, h·stride − padding + r, w·stride − padding
// + s], and the bias once. The weight is (in, out, rows, columns).
public static class ConvTranspose2d
{
    [Kernel("conv_transpose2d")]
    public static Tensor Forward(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long outputPadding)
    {
        Windows.RefuseUnlessChannelsFit(x.shape[1], weight.shape[0], weight.shape[1], bias);
        RefuseUnlessTransposed(x.shape[2], weight.shape[2], stride, padding, outputPadding);
        RefuseUnlessTransposed(x.shape[3], weight.shape[3], stride, padding, outputPadding);
        return F.conv_transpose2d(x, weight, bias, [stride, stride], [padding, padding], [outputPadding, outputPadding]);
    }

    private static void RefuseUnlessTransposed(long size, long kernel, long stride, long padding, long outputPadding)
    {
        Refuse.UnlessPositive("size", size);
        Windows.RefuseUnlessTransposable(kernel, stride, padding, outputPadding);
        var transposed = WholeNumbers.InRange(() => checked(((size - 1) * stride) - (2 * padding) + kernel + outputPadding));
        if (transposed < 1)
        {
            throw new RefusalException($"a size of {size} would become {transposed}");
        }
    }
}
