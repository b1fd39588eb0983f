namespace LatentConformance.Torch;

// y[c, p, q] = x[c, p div factor, q div factor]: repeated, and exact for every factor. interpolate finds its source by a product
// with 1/factor in float32, which falls short of a whole number for some.
public static class UpsampleNearest
{
    [Kernel("upsample_nearest")]
    public static Tensor Forward(Tensor x, long factor)
    {
        Refuse.UnlessPositive("factor", factor);
        var (maps, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var repeated = x.unsqueeze(3).unsqueeze(5).expand(maps, channels, height, factor, width, factor);
        return repeated.reshape(maps, channels, height * factor, width * factor);
    }
}
