namespace LatentConformance.Torch;

// ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
public static class ConvOutputSize
{
    [Kernel("conv_output_size")]
    public static Tensor Forward(Tensor size, long kernel, long stride, long padding, long dilation)
    {
        Refuse.UnlessPositive("kernel", kernel);
        Refuse.UnlessPositive("stride", stride);
        Refuse.UnlessPositive("dilation", dilation);
        Refuse.UnlessFiniteAndNotNegative("padding", padding);
        var room = WholeNumbers.InRange(() => checked((2 * padding) - (dilation * (kernel - 1)) - 1));
        return (size + room).div(stride, RoundingMode.floor) + 1;
    }
}
