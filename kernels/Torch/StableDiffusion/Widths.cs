namespace LatentConformance.Torch.StableDiffusion;

/// <summary>The published widths: 128 channels times 1, 2, 4, 4, the map halved between them, 4 latent channels.</summary>
internal static class Widths
{
    public const long Latent = 4;

    public static readonly long[] Levels = [128, 256, 512, 512];
}
