namespace LatentConformance.Torch;

// x[c, h, w] = y[(c·H + h)·W + w].
public static class UnflattenMap
{
    [Kernel("unflatten_map")]
    public static Tensor Forward(Tensor y, long channels, long height, long width)
    {
        Refuse.UnlessPositive("channels", channels);
        Refuse.UnlessPositive("height", height);
        Refuse.UnlessPositive("width", width);
        if (channels * height * width != y.shape[1])
        {
            throw new RefusalException($"a row of {y.shape[1]} is no map of {channels}x{height}x{width}");
        }

        return y.reshape(y.shape[0], channels, height, width);
    }
}
