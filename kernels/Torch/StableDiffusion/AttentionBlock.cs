namespace LatentConformance.Torch.StableDiffusion;

// x + proj(softmax(q·kᵀ / √C)·v) with one head over all positions: P × P scores, 4096 × 4096 for a picture of 512 × 512.
public static class AttentionBlock
{
    public static Tensor Forward(Layers layers, string name, Tensor x)
    {
        using var scope = NewDisposeScope();
        var (batch, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var h = layers.Normalize($"{name}.norm", x);
        Tensor Mapped(string map) => layers.Convolve($"{name}.{map}", h, channels, window: 1).reshape(batch, channels, height * width);

        var (q, k, v) = (Mapped("q"), Mapped("k"), Mapped("v"));
        var attention = layers.Softmax(layers.Product(q.transpose(1, 2), k, 1 / Math.Sqrt(channels)));
        var seen = layers.Product(v, attention.transpose(1, 2), 1).reshape(batch, channels, height, width);
        return layers.Sum(x, layers.Convolve($"{name}.proj_out", seen, channels, window: 1)).MoveToOuterDisposeScope();
    }
}
