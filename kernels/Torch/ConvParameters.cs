namespace LatentConformance.Torch;

// in_channels·out_channels·kernel², and out_channels more with a bias.
public static class ConvParameters
{
    [Kernel("conv_parameters")]
    public static Tensor Forward(long inChannels, long outChannels, long kernel, long bias)
    {
        Refuse.UnlessSwitch("bias", bias);
        return WholeNumbers.Product(bias * outChannels, inChannels, outChannels, kernel, kernel);
    }
}
