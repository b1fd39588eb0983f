using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// ‖x − x̂‖² + β · KL: every input read once, the two parts joined where a sample is a number. The KL's slopes take β along.
public static class VaeLoss
{
    [Kernel("vae_loss")]
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
        SquaredErrorSum.Forward(x, xHat, reconstruction);
        Join(mu, logvar, beta, loss, reconstruction, kl);
    }

    [Kernel("vae_loss.vjp")]
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
        SquaredErrorSum.Vjp(x, xHat, dLoss, dXHat);
        KlStandard.WeightedVjp(mu, logvar, beta, dLoss, dMu, dLogvar);
    }

    /// <summary>Adds the KL to a reconstruction term, whichever it is.</summary>
    internal static void Join(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, double beta, Span<float> loss, ReadOnlySpan<float> reconstruction, Span<float> kl)
    {
        Spans.Hold([loss.Length], [reconstruction.Length, kl.Length]);
        KlStandard.Forward(mu, logvar, kl);
        for (var b = 0; b < loss.Length; b++)
        {
            loss[b] = (float)(reconstruction[b] + (beta * kl[b]));
        }
    }
}
