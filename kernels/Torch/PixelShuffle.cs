namespace LatentConformance.Torch;

// Channels to positions: y[c, h·r + i, w·r + j] = x[c·r² + i·r + j, h, w]. An empty batch keeps its old shape in libtorch 1.13, so
// it is reshaped.
public static class PixelShuffle
{
    [Kernel("pixel_shuffle")]
    public static Tensor Forward(Tensor x, long factor)
    {
        Refuse.UnlessPositive("factor", factor);
        var (shape, square) = (x.shape, factor * factor);
        if (shape[1] % square != 0)
        {
            throw new RefusalException($"{shape[1]} channels are no multiple of {square}");
        }

        return x.numel() > 0 ? F.pixel_shuffle(x, factor) : x.reshape(shape[0], shape[1] / square, shape[2] * factor, shape[3] * factor);
    }
}
