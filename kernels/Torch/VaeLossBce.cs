namespace LatentConformance.Torch;

// BCE + β KL, with the documents' 1e-8 in the logarithms.
public static class VaeLossBce
{
    [Kernel("vae_loss_bce")]
    public static (Tensor Loss, Tensor Reconstruction, Tensor Kl) Forward(Tensor x, Tensor xHat, Tensor mu, Tensor logvar, double beta) =>
        VaeLoss.Joined(Bce.Forward(x, xHat), KlStandard.Forward(mu, logvar), beta);
}
