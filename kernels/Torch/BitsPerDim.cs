namespace LatentConformance.Torch;

// nll / (D log 2): the bits of a whole sample, shared among its dimensions.
public static class BitsPerDim
{
    [Kernel("bits_per_dim")]
    public static Tensor Forward(Tensor nllNats, long dimensions)
    {
        Refuse.UnlessPositive("dimensions", dimensions);
        return nllNats / (dimensions * Math.Log(2));
    }
}
