namespace LatentConformance.Torch;

// Π strides, 1 of none: the last of the running products of a one and the strides.
public static class HopLength
{
    [Kernel("hop_length")]
    public static Tensor Forward(Tensor strides)
    {
        var one = ones(1, dtype: int64, device: strides.device);
        return cat([one, strides]).cumprod(0).select(0, strides.shape[0]);
    }
}
