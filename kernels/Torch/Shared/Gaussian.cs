namespace LatentConformance.Torch;

// Log densities of diagonal Gaussians, an element at a time. The precision is e^−lv: no variance is divided by.
internal static class Gaussian
{
    /// <summary>log N(z; mu, e^logvar).</summary>
    public static Tensor LogDensity(Tensor z, Tensor mu, Tensor logvar) =>
        -0.5 * (((z - mu).square() * exp(-logvar)) + logvar + Math.Log(2 * Math.PI));

    /// <summary>log N(z; 0, 1).</summary>
    public static Tensor LogPrior(Tensor z) => -0.5 * (z.square() + Math.Log(2 * Math.PI));

    /// <summary>log N(z; mu, e^logvar) − log N(z; 0, 1), in which the constants cancel.</summary>
    public static Tensor LogRatioToPrior(Tensor z, Tensor mu, Tensor logvar) =>
        0.5 * (z.square() - ((z - mu).square() * exp(-logvar)) - logvar);
}
