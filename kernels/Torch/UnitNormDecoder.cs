namespace LatentConformance.Torch;

// Every column over its norm: one direction a feature.
public static class UnitNormDecoder
{
    [Kernel("unit_norm_decoder")]
    public static Tensor Forward(Tensor decoder) => decoder / decoder.norm(dim: 0);
}
