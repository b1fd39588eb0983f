namespace LatentConformance.Torch;

// in_channels·out_channels·kernel²·out_height·out_width multiplications, the bias not counted.
public static class ConvMacs
{
    [Kernel("conv_macs")]
    public static Tensor Forward(long inChannels, long outChannels, long kernel, long outHeight, long outWidth) =>
        WholeNumbers.Product(0, inChannels, outChannels, kernel, kernel, outHeight, outWidth);
}
