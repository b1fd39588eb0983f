namespace LatentConformance.Torch;

// min(⌊D/2⌋, dead): a residual of D dimensions needs no more directions than half of them, however many features there are.
public static class AuxkCount
{
    [Kernel("auxk_count")]
    public static Tensor Forward(long dimensions, long features, Tensor dead)
    {
        Refuse.UnlessPositive("dimensions", dimensions);
        return dead.clamp(max: dimensions / 2);
    }
}
