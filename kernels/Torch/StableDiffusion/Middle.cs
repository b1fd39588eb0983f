namespace LatentConformance.Torch.StableDiffusion;

// Where the map is smallest: the one place of attention.
internal static class Middle
{
    public static Tensor Forward(Layers layers, string name, Tensor x)
    {
        var h = ResidualBlock.Forward(layers, $"{name}.block_1", x, x.shape[1]);
        h = AttentionBlock.Forward(layers, $"{name}.attn_1", h);
        return ResidualBlock.Forward(layers, $"{name}.block_2", h, x.shape[1]);
    }
}
