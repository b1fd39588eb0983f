using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class SquaredErrorTests
{
    [SecondRoute("squared_error_sum")]
    [TestCase("one")]
    [TestCase("two")]
    public void SquaredErrorSum_OnTheGrid_IsExact(string key)
    {
        var (x, xHat) = Pair("squared_error_sum", key);

        Agreement.Exactly(new ReferenceKernels().SquaredErrorSum(x, xHat), Sums(x, xHat));
    }

    [SecondRoute("squared_error_mean")]
    [TestCase("one")]
    [TestCase("two")]
    public void SquaredErrorMean_OnTheGrid_IsTheSumByTheSampleSize(string key)
    {
        var (x, xHat) = Pair("squared_error_mean", key);

        Agreement.Exactly(new ReferenceKernels().SquaredErrorMean(x, xHat), [.. Sums(x, xHat).Select(s => s / x.Shape[1])]);
    }

    [SecondRoute("squared_error_sum")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void SquaredErrorSum_EveryReduction_WeighsTheSamples(string reduce)
    {
        var (x, xHat) = Pair("squared_error_sum", reduce);

        var answer = new ReferenceKernels(Reduced.Convention(reduce)).SquaredErrorSum(x, xHat);

        Agreement.Of(answer, Reduced.By(reduce, [.. Sums(x, xHat)], x.Shape[1]));
    }

    /// <summary>The name divides by the sample's size already: "mean" has only the batch left to divide by.</summary>
    [SecondRoute("squared_error_mean")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void SquaredErrorMean_EveryReduction_DividesByTheSampleSizeOnce(string reduce)
    {
        var (x, xHat) = Pair("squared_error_mean", reduce);

        var answer = new ReferenceKernels(Reduced.Convention(reduce)).SquaredErrorMean(x, xHat);

        Agreement.Of(answer, Reduced.By(reduce, [.. Sums(x, xHat).Select(s => (Estimate)s / x.Shape[1])], elements: 1));
    }

    [SecondRoute("squared_error_sum.vjp", "squared_error_mean.vjp")]
    [Test]
    public void SquaredErrorVjp_EveryReduction_FollowsCentralDifferences(
        [Values("squared_error_sum", "squared_error_mean")] string operation,
        [ValueSource(typeof(Reduced), nameof(Reduced.Ways))] string reduce) =>
        CentralDifference.Agrees(operation, Tensors.For(operation), Reduced.Convention(reduce));

    internal static double[] Sums(Tensor x, Tensor xHat) =>
        [.. Enumerable.Range(0, x.Shape[0]).Select(b => Grid.Value(Grid.SquaredDistance(x.RowOf(b), xHat.RowOf(b)), power: 2))];

    private static (Tensor X, Tensor XHat) Pair(string operation, string key)
    {
        var inputs = Tensors.For(operation, key);
        return (inputs["x"], inputs["x_hat"]);
    }
}
