using LatentConformance.Contract;

namespace LatentConformance.Simd;

// The KL of a feature map is that of its elements in a row: channels, height and width are one axis here.
public static class KlSpatial
{
    [Kernel("kl_spatial")]
    public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl) => KlStandard.Forward(mu, logvar, kl);

    [Kernel("kl_spatial.vjp")]
    public static void Vjp(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, ReadOnlySpan<float> dKl, Span<float> dMu, Span<float> dLogvar) =>
        KlStandard.Vjp(mu, logvar, dKl, dMu, dLogvar);
}
