namespace LatentConformance.Torch;

// latent / scale + shift: undoes latent_scale, in the opposite order.
public static class LatentUnscale
{
    [Kernel("latent_unscale")]
    public static Tensor Forward(Tensor latent, double scale, double shift)
    {
        Refuse.UnlessPositive("scale", scale);
        return (latent / scale) + shift;
    }
}
