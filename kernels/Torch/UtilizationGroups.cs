namespace LatentConformance.Torch;

// The utilization of each of G codebooks: group g counts in a range of its own, from g·K on, so that one scatter does for all.
public static class UtilizationGroups
{
    [Kernel("utilization_groups")]
    public static Tensor Forward(Tensor indices, long codebookSize)
    {
        Refuse.UnlessSize(codebookSize);
        var groups = indices.shape[1];
        var places = indices + (arange(groups, dtype: int64, device: indices.device) * codebookSize);
        var counts = CodeStatistics.Counts(places.flatten(), groups * codebookSize, ones_like(places).flatten());
        return Utilization.Of(counts.reshape(groups, codebookSize));
    }
}
