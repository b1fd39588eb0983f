namespace LatentConformance.Torch;

// (size − 1)·stride − 2·padding + kernel + output_padding.
public static class ConvTransposeOutputSize
{
    [Kernel("conv_transpose_output_size")]
    public static Tensor Forward(Tensor size, long kernel, long stride, long padding, long outputPadding)
    {
        Windows.RefuseUnlessTransposable(kernel, stride, padding, outputPadding);
        return ((size - 1) * stride) + WholeNumbers.InRange(() => checked(kernel + outputPadding - (2 * padding)));
    }
}
