using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class KmeansStepTests
{
    /// <summary>The squared error of a cluster is a parabola in its centre: one Newton step from anywhere is its bottom.</summary>
    [SecondRoute("kmeans_step")]
    [TestCase("one")]
    [TestCase("two")]
    public void KmeansStep_Centres_AreOneNewtonStepOnTheSquaredError(string key)
    {
        var (data, centroids) = (Tensors.Normal("data" + key, 14, 2), Tensors.Normal("centroids" + key, 5, 2).With(8, 40));
        var nearest = NearestCode.Of(data, centroids);

        var (moved, indices) = new ReferenceKernels().KmeansStep(data, centroids);

        var slope = CentralDifference.Gradient(centroids, c => Estimate.Sum(
            from i in Enumerable.Range(0, 14)
            from j in Enumerable.Range(0, 2)
            select Math.Pow(data[i, j] - c[nearest[i], j], 2)));
        Assert.That(indices!.Int64.ToArray(), Is.EqualTo(nearest));
        Agreement.Of(moved!, [.. slope.Select((g, e) => centroids[e] - (1.0 / (2 * Math.Max(nearest.Count(k => k == e / 2), 1)) * g))]);
    }

    [Test]
    public void KmeansStep_EmptyCluster_KeepsItsCentre()
    {
        var centroids = Tensors.Normal("centroids", 3, 2).With(2, 100);

        var (moved, _) = new ReferenceKernels().KmeansStep(Tensors.Normal("data", 6, 2), centroids);

        Assert.That(moved!.RowOf(1), Is.EqualTo(centroids.RowOf(1)));
    }
}
