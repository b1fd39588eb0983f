namespace LatentConformance.Torch;

/// <summary>A vector as bits, set where a coordinate is above zero; the lowest bit of an index is the first dimension.</summary>
internal static class Bits
{
    /// <summary>An index has 63 bits beside its sign.</summary>
    public const int Most = 62;

    /// <summary>So many a float32 adds up exactly: their index is a product, without an int64 for each.</summary>
    private const int Exact = 24;

    public static Tensor Of(Tensor z) => z.gt(0).to(z.dtype);

    public static Tensor Signs(Tensor bits, double magnitude) => bits.mul(2 * magnitude).sub_(magnitude);

    public static Tensor Index(Tensor bits)
    {
        var places = Places(bits.shape[1], bits.device);
        var wide = Widened.Of(bits);
        return bits.shape[1] <= Exact
            ? wide.mv(ones_like(places).bitwise_left_shift(places).to(wide.dtype)).to(int64)
            : bits.to(int64).bitwise_left_shift(places).sum(-1);
    }

    public static Tensor Places(long bits, Device device) => arange(bits, dtype: int64, device: device);

    public static void RefuseUnlessFit(string name, long bits)
    {
        if (bits is < 1 or > Most)
        {
            throw new RefusalException($"{name} is {bits}; an index holds 1 to {Most} bits");
        }
    }
}
