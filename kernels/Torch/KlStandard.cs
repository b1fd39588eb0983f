namespace LatentConformance.Torch;

// KL(N(μ, σ²) ‖ N(0, I)) = ½ Σ (μ² + (e^lv − 1 − lv)). With e^lv − 1 as expm1: near the prior the textbook's four terms leave
// nothing but roundoff.
public static class KlStandard
{
    [Kernel("kl_standard")]
    public static Tensor Forward(Tensor mu, Tensor logvar)
    {
        Shapes.RefuseUnlessSame(mu, logvar);
        return 0.5 * (expm1(logvar) - logvar).add_(mu.square()).sum(-1);
    }
}
