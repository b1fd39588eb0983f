namespace LatentConformance.Torch;

// n_k = how many indices are k, for all k < K. bincount would ask the device for the largest index first, and wait.
public static class UsageCounts
{
    [Kernel("usage_counts")]
    public static Tensor Forward(Tensor indices, long codebookSize)
    {
        Refuse.UnlessSize(codebookSize);
        return CodeStatistics.Counts(indices, codebookSize, ones_like(indices));
    }
}
