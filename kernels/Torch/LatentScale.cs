namespace LatentConformance.Torch;

// (z − shift) · scale.
public static class LatentScale
{
    [Kernel("latent_scale")]
    public static Tensor Forward(Tensor z, double scale, double shift)
    {
        Refuse.UnlessPositive("scale", scale);
        return (z - shift) * scale;
    }
}
