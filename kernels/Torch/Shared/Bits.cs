namespace LatentConformance.Torch;

/// <summary>A vector as bits, set where a coordinate is above zero; the lowest bit of an index is the first dimension.</summary>
internal static class Bits
{
    /// <summary>An index has 63 bits beside its sign.</summary>
    public const int Most = 62;

    public static Tensor Signs(Tensor z, double magnitude) => ((2 * z.gt(0).to(z.dtype)) - 1) * magnitude;

    public static Tensor Index(Tensor z) => z.gt(0).to(int64).bitwise_left_shift(Places(z.shape[1], z.device)).sum(-1);

    public static Tensor Places(long bits, Device device) => arange(bits, dtype: int64, device: device);

    public static void RefuseUnlessFit(string name, long bits)
    {
        if (bits is < 1 or > Most)
        {
            throw new RefusalException($"{name} is {bits}; an index holds 1 to {Most} bits");
        }
    }
}
