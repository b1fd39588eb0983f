namespace LatentConformance.Torch;

/// <summary>What a convolution refuses by its shapes and numbers alone.</summary>
internal static class Windows
{
    public static void RefuseUnlessChannelsFit(long channels, long weighed, long outputs, Tensor bias)
    {
        if (channels != weighed || channels == 0)
        {
            throw new RefusalException($"x has {channels} channels and the weight {weighed}");
        }

        if (bias.shape[0] != outputs || outputs == 0)
        {
            throw new RefusalException($"{bias.shape[0]} biases for {outputs} channels");
        }
    }

    /// <param name="zeros">How many are padded, before and after together.</param>
    public static void RefuseUnlessFits(long size, long kernel, long zeros, long dilation)
    {
        if (kernel < 1 || size < 1 || size + zeros - (dilation * (kernel - 1)) < 1)
        {
            throw new RefusalException($"a kernel of {kernel} does not fit a size of {size}");
        }
    }

    public static void RefuseUnlessTransposable(long kernel, long stride, long padding, long outputPadding)
    {
        Refuse.UnlessPositive("kernel", kernel);
        Refuse.UnlessPositive("stride", stride);
        Refuse.UnlessFiniteAndNotNegative("padding", padding);
        if (outputPadding < 0 || outputPadding >= stride)
        {
            throw new RefusalException($"output_padding is {outputPadding}; it is not negative and below the stride of {stride}");
        }
    }
}
