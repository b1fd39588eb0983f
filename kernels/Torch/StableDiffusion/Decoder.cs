namespace LatentConformance.Torch.StableDiffusion;

// [B, 4, h, w] to [B, 3, 8h, 8w]: 49,490,179 parameters, and 20 of the window of 1 before them. A level has one block more than the
// encoder's, and doubles the map before the next.
public static class Decoder
{
    private const int BlocksALevel = 3;

    public static Tensor Forward(Layers layers, Tensor z)
    {
        using var scope = NewDisposeScope();
        var h = layers.Convolve("post_quant_conv", z, Widths.Latent, window: 1);
        h = Middle.Forward(layers, "decoder.mid", layers.Convolve("decoder.conv_in", h, Widths.Levels[^1]));
        for (var level = Widths.Levels.Length - 1; level >= 0; level--)
        {
            for (var block = 0; block < BlocksALevel; block++)
            {
                h = ResidualBlock.Forward(layers, $"decoder.up.{level}.block.{block}", h, Widths.Levels[level]);
            }

            if (level > 0)
            {
                h = layers.Convolve($"decoder.up.{level}.upsample.conv", UpsampleNearest.Forward(h, 2), h.shape[1]);
            }
        }

        return layers.Convolve("decoder.conv_out", layers.Swish(layers.Normalize("decoder.norm_out", h)), 3).MoveToOuterDisposeScope();
    }
}
