using LatentConformance.Contract;

namespace LatentConformance.Simd;

// BCE + β · KL, joined as vae_loss is.
public static class VaeLossBce
{
    [Kernel("vae_loss_bce")]
    public static void Forward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> xHat,
        ReadOnlySpan<float> mu,
        ReadOnlySpan<float> logvar,
        double beta,
        Span<float> loss,
        Span<float> reconstruction,
        Span<float> kl)
    {
        Bce.Forward(x, xHat, reconstruction);
        VaeLoss.Join(mu, logvar, beta, loss, reconstruction, kl);
    }

    [Kernel("vae_loss_bce.vjp")]
    public static void Vjp(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> xHat,
        ReadOnlySpan<float> mu,
        ReadOnlySpan<float> logvar,
        double beta,
        ReadOnlySpan<float> dLoss,
        Span<float> dXHat,
        Span<float> dMu,
        Span<float> dLogvar)
    {
        Bce.Vjp(x, xHat, dLoss, dXHat);
        KlStandard.WeightedVjp(mu, logvar, beta, dLoss, dMu, dLogvar);
    }
}
