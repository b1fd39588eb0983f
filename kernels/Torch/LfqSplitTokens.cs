namespace LatentConformance.Torch;

// high = index div 2^m, low = index mod 2^m, in 64 bits.
public static class LfqSplitTokens
{
    [Kernel("lfq_split_tokens")]
    public static (Tensor High, Tensor Low) Forward(Tensor indices, long lowBits)
    {
        Bits.RefuseUnlessFit("low_bits", lowBits);
        var size = 1L << (int)lowBits;
        return (indices.div(size, RoundingMode.floor), indices.remainder(size));
    }
}
