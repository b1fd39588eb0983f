using System.Numerics;

namespace LatentConformance.Torch;

// ⌈log2 K⌉ · stages · sample_rate / hop. Numbers go in and a number comes out: there is nothing here for a device.
public static class RvqBitRate
{
    [Kernel("rvq_bit_rate")]
    public static Tensor Forward(long codebookSize, long stages, long sampleRate, long hop)
    {
        Refuse.UnlessPositive("codebook_size", codebookSize);
        Refuse.UnlessPositive("stages", stages);
        Refuse.UnlessPositive("sample_rate", sampleRate);
        Refuse.UnlessPositive("hop", hop);
        var bits = 64 - BitOperations.LeadingZeroCount((ulong)(codebookSize - 1));
        return tensor((double)bits * stages * sampleRate / hop);
    }
}
