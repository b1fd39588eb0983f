namespace LatentConformance.Torch;

// y[o, p, q] = bias[o] + Σ weight[o, c, r, s] · x[c, p·stride − padding + r·dilation, q·stride − padding + s·dilation]: the kernel
// is not flipped.
public static class Conv2d
{
    [Kernel("conv2d")]
    public static Tensor Forward(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long dilation)
    {
        Refuse.UnlessPositive("stride", stride);
        Refuse.UnlessPositive("dilation", dilation);
        Refuse.UnlessFiniteAndNotNegative("padding", padding);
        Windows.RefuseUnlessChannelsFit(x.shape[1], weight.shape[1], weight.shape[0], bias);
        Windows.RefuseUnlessFits(x.shape[2], weight.shape[2], 2 * padding, dilation);
        Windows.RefuseUnlessFits(x.shape[3], weight.shape[3], 2 * padding, dilation);
        return F.conv2d(x, weight, bias, strides: [stride, stride], padding: [padding, padding], dilation: [dilation, dilation]);
    }
}
