namespace LatentConformance.Torch;

// One row of zeros below, one column to the right, then stride 2 without padding: padding on all sides would move the map by a pixel.
public static class Conv2dAsymmetric
{
    [Kernel("conv2d_asymmetric")]
    public static Tensor Forward(Tensor x, Tensor weight, Tensor bias)
    {
        Windows.RefuseUnlessChannelsFit(x.shape[1], weight.shape[1], weight.shape[0], bias);
        Windows.RefuseUnlessFits(x.shape[2], weight.shape[2], zeros: 1, dilation: 1);
        Windows.RefuseUnlessFits(x.shape[3], weight.shape[3], zeros: 1, dilation: 1);
        return F.conv2d(F.pad(x, [0, 1, 0, 1]), weight, bias, strides: [2, 2]);
    }
}
