namespace LatentConformance.Torch;

// ⌈log2 K⌉ = the number of shifts that leave something of K − 1: whole numbers, because ln K / ln 2 is a little more than 29 at 2^29.
public static class IndexBits
{
    [Kernel("index_bits")]
    public static Tensor Forward(Tensor codebookSize)
    {
        var largest = (codebookSize - 1).unsqueeze(-1);
        return (largest.bitwise_right_shift(arange(63, dtype: int64, device: codebookSize.device)) > 0).sum(-1);
    }
}
