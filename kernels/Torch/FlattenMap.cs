namespace LatentConformance.Torch;

// y[(c·H + h)·W + w] = x[c, h, w].
public static class FlattenMap
{
    [Kernel("flatten_map")]
    public static Tensor Forward(Tensor x) => x.flatten(1);
}
