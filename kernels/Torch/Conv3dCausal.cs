namespace LatentConformance.Torch;

// U − 1 frames of zeros before the first and none after the last, (R − 1)/2 and (S − 1)/2 round each frame, a stride in time only:
// no frame of the output sees a later one.
public static class Conv3dCausal
{
    [Kernel("conv3d_causal")]
    public static Tensor Forward(Tensor x, Tensor weight, Tensor bias, long stride)
    {
        Windows.RefuseUnlessChannelsFit(x.shape[1], weight.shape[1], weight.shape[0], bias);
        Refuse.UnlessPositive("stride", stride);
        var (frames, rows, columns) = (weight.shape[2], weight.shape[3], weight.shape[4]);
        if (rows % 2 == 0 || columns % 2 == 0)
        {
            throw new RefusalException($"a kernel of {rows} by {columns} has no middle");
        }

        Windows.RefuseUnlessFits(x.shape[2], frames, frames - 1, dilation: 1);
        Windows.RefuseUnlessFits(x.shape[3], rows, rows - 1, dilation: 1);
        Windows.RefuseUnlessFits(x.shape[4], columns, columns - 1, dilation: 1);
        var later = F.pad(x, [0, 0, 0, 0, frames - 1, 0]);
        return F.conv3d(later, weight, bias, strides: [stride, 1, 1], padding: [0, rows / 2, columns / 2]);
    }
}
