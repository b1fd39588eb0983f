namespace LatentConformance.Torch;

// Positions to channels: y[c·r² + i·r + j, h, w] = x[c, h·r + i, w·r + j]. An empty batch keeps its old shape in libtorch 1.13, so
// it is reshaped.
public static class PixelUnshuffle
{
    [Kernel("pixel_unshuffle")]
    public static Tensor Forward(Tensor x, long factor)
    {
        Refuse.UnlessPositive("factor", factor);
        var shape = x.shape;
        if (shape[2] % factor != 0 || shape[3] % factor != 0)
        {
            throw new RefusalException($"{shape[2]} by {shape[3]} is not divisible by {factor}");
        }

        return x.numel() > 0
            ? F.pixel_unshuffle(x, factor)
            : x.reshape(shape[0], shape[1] * factor * factor, shape[2] / factor, shape[3] / factor);
    }
}
