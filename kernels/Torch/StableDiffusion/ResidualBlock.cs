namespace LatentConformance.Torch.StableDiffusion;

// x + conv(swish(norm(conv(swish(norm(x)))))); where the channels change, x goes through a window of 1.
public static class ResidualBlock
{
    public static Tensor Forward(Layers layers, string name, Tensor x, long channels)
    {
        using var scope = NewDisposeScope();
        var h = layers.Convolve($"{name}.conv1", layers.Swish(layers.Normalize($"{name}.norm1", x)), channels);
        h = layers.Convolve($"{name}.conv2", layers.Swish(layers.Normalize($"{name}.norm2", h)), channels);
        var straight = x.shape[1] == channels ? x : layers.Convolve($"{name}.nin_shortcut", x, channels, window: 1);
        return layers.Sum(straight, h).MoveToOuterDisposeScope();
    }
}
