namespace LatentConformance.Torch;

// Σ log N(z; μ, σ²) − log N(z; 0, 1) of one draw: its mean over draws of q is the KL, and a draw's may be negative.
public static class KlOneSample
{
    [Kernel("kl_one_sample")]
    public static Tensor Forward(Tensor z, Tensor mu, Tensor logvar)
    {
        Shapes.RefuseUnlessSame(z, mu, logvar);
        return Gaussian.LogRatioToPrior(z, mu, logvar).sum(-1);
    }
}
