using System.Numerics;
using LatentConformance.Contract;

namespace LatentConformance.Reference;

// ⌈log2 K⌉ = 64 − leading zeros of K − 1: whole numbers, because ln K / ln 2 is a little more than 29 at 2^29.
public sealed partial class ReferenceKernels
{
    public Tensor IndexBits(Tensor codebookSize)
    {
        long[] bits = [.. codebookSize.Int64.ToArray().Select(BitsOf)];
        return new Tensor([bits.Length], bits) { Tolerance = Tolerance.Exact(bits.Length) };
    }

    public Tensor RvqBitRate(long codebookSize, long stages, long sampleRate, long hop)
    {
        Refuse.UnlessPositive("stages", stages);
        Refuse.UnlessPositive("sample_rate", sampleRate);
        Refuse.UnlessPositive("hop", hop);
        var rate = (double)BitsOf(codebookSize) * stages * sampleRate / hop;
        return Answers.Scalar(new Real(rate, new Coefficients(6 * rate, 0, 0), (double)BitsOf(codebookSize) * stages * sampleRate));
    }

    private static long BitsOf(long codes)
    {
        Refuse.UnlessPositive("codebook_size", codes);
        return 64 - BitOperations.LeadingZeroCount((ulong)(codes - 1));
    }
}
