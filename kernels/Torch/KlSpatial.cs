namespace LatentConformance.Torch;

// The KL to the standard normal of a feature map, summed over channels, rows and columns.
public static class KlSpatial
{
    [Kernel("kl_spatial")]
    public static Tensor Forward(Tensor mu, Tensor logvar)
    {
        Shapes.RefuseUnlessSame(mu, logvar);
        return 0.5 * (mu.square() + (expm1(logvar) - logvar)).sum(1, 2, 3);
    }
}
