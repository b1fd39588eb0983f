namespace LatentConformance.Torch;

// ½ Σ (Δμ²/e^lp + (e^Δl − 1 − Δl)): the prior's mean falls out, its variance only measures Δμ.
public static class KlResidual
{
    [Kernel("kl_residual")]
    public static Tensor Forward(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP)
    {
        Shapes.RefuseUnlessSame(deltaMu, deltaLogvar, logvarP);
        return 0.5 * ((deltaMu.square() * exp(-logvarP)) + (expm1(deltaLogvar) - deltaLogvar)).sum(-1);
    }
}
