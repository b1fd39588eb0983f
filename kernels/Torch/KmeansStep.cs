namespace LatentConformance.Torch;

// c_k ← the mean of the points whose nearest centre is k; a centre without points stays, to the last bit.
public static class KmeansStep
{
    [Kernel("kmeans_step")]
    public static (Tensor NewCentroids, Tensor Indices) Forward(Tensor data, Tensor centroids)
    {
        CodebookShapes.RefuseUnlessCodebookFits(data.shape[1], centroids);
        var indices = VqAssign.Forward(data, centroids);
        var (means, isUsed) = CodeStatistics.Means(data, indices, centroids.shape[0]);
        return (where(isUsed, means, centroids.detach()), indices);
    }
}
