namespace LatentConformance.Torch;

// The share of the K codes that was chosen at least once, in float64.
public static class Utilization
{
    [Kernel("utilization")]
    public static Tensor Forward(Tensor indices, long codebookSize) => Of(UsageCounts.Forward(indices, codebookSize));

    internal static Tensor Of(Tensor counts) => counts.gt(0).sum(-1).to(float64) / counts.shape[^1];
}
