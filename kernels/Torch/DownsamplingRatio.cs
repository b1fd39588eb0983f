namespace LatentConformance.Torch;

// 2^(levels that halve an axis), as a shift: a power in floats would round.
public static class DownsamplingRatio
{
    [Kernel("downsampling_ratio")]
    public static Tensor Forward(Tensor down)
    {
        var levels = down.sum(dim: 0);
        return ones_like(levels).bitwise_left_shift(levels);
    }
}
