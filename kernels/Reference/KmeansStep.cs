using LatentConformance.Contract;

namespace LatentConformance.Reference;

// c_k ← the mean of the points whose nearest centre is k; a centre without points stays, to the last bit.
public sealed partial class ReferenceKernels
{
    public (Tensor? NewCentroids, Tensor? Indices) KmeansStep(Tensor data, Tensor centroids)
    {
        var indices = VqAssign(data, centroids);
        var members = Assignments(data, indices, centroids.Shape[0]).ToLookup(a => a.Code);
        var moved = Answers.Matrix(centroids.Shape[0], centroids.Shape[1], (k, j) =>
            members.Contains(k) ? MeanOf([.. members[k]], j) : centroids[k, j]);
        return (moved, indices);
    }
}
