namespace LatentConformance.Torch;

// high · 2^m + low, in 64 bits.
public static class LfqJoinTokens
{
    [Kernel("lfq_join_tokens")]
    public static Tensor Forward(Tensor high, Tensor low, long lowBits)
    {
        Shapes.RefuseUnlessSame(high, low);
        Bits.RefuseUnlessFit("low_bits", lowBits);
        return (high * (1L << (int)lowBits)) + low;
    }
}
