using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// BCE + β · KL: every input read once, the two parts joined where a sample is a number. The KL's slopes take β along.
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
        Spans.Hold([loss.Length], [reconstruction.Length, kl.Length]);
        Bce.Forward(x, xHat, reconstruction);
        KlStandard.Forward(mu, logvar, kl);
        for (var b = 0; b < loss.Length; b++)
        {
            loss[b] = (float)(reconstruction[b] + (beta * kl[b]));
        }
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
