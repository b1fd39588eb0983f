namespace LatentConformance.Torch;

// KL(q ‖ p) = ½ Σ (e^l − 1 − l + Δ²/e^lp), l = lq − lp, Δ = mu_q − mu_p. One exponential of a difference, less one by expm1: equal
// Gaussians cost exactly nothing.
public static class KlGaussians
{
    [Kernel("kl_gaussians")]
    public static Tensor Forward(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP)
    {
        Shapes.RefuseUnlessSame(muQ, logvarQ, muP, logvarP);
        var ratio = logvarQ - logvarP;
        return 0.5 * (expm1(ratio) - ratio + ((muQ - muP).square() * exp(-logvarP))).sum(-1);
    }
}
