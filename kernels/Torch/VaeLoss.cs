namespace LatentConformance.Torch;

// ‖x − x̂‖² + β KL, a value a sample; the two parts stand beside it, unweighted.
public static class VaeLoss
{
    [Kernel("vae_loss")]
    public static (Tensor Loss, Tensor Reconstruction, Tensor Kl) Forward(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) =>
        Joined(SquaredErrorSum.Forward(x, xHat), KlStandard.Forward(mu, logvar), beta);

    internal static (Tensor Loss, Tensor Reconstruction, Tensor Kl) Joined(Tensor reconstruction, Tensor kl, double beta)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        if (reconstruction.size(0) != kl.size(0))
        {
            throw new RefusalException($"x has {reconstruction.size(0)} samples and mu {kl.size(0)}");
        }

        return (reconstruction + (beta * kl), reconstruction, kl);
    }
}
