namespace LatentConformance.Torch.StableDiffusion;

// [B, 3, H, W] to the mean and log-variance of [B, 4, H/8, W/8], one after the other in 8 channels: 34,163,592 parameters, and 72 of the
// window of 1 behind them.
public static class Encoder
{
    private const int BlocksALevel = 2;

    public static Tensor Forward(Layers layers, Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = layers.Convolve("encoder.conv_in", x, Widths.Levels[0]);
        for (var level = 0; level < Widths.Levels.Length; level++)
        {
            for (var block = 0; block < BlocksALevel; block++)
            {
                h = ResidualBlock.Forward(layers, $"encoder.down.{level}.block.{block}", h, Widths.Levels[level]);
            }

            if (level < Widths.Levels.Length - 1)
            {
                h = layers.Halve($"encoder.down.{level}.downsample.conv", h);
            }
        }

        h = Middle.Forward(layers, "encoder.mid", h);
        h = layers.Convolve("encoder.conv_out", layers.Swish(layers.Normalize("encoder.norm_out", h)), 2 * Widths.Latent);
        return layers.Convolve("quant_conv", h, 2 * Widths.Latent, window: 1).MoveToOuterDisposeScope();
    }
}
