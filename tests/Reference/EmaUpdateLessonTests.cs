using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class EmaUpdateLessonTests
{
    private static readonly Tensor Z = Tensors.Normal("z", 9, 3);
    private static readonly Tensor Codebook = Tensors.Normal("codebook", 4, 3);
    private static readonly Tensor Indices = Tensors.Whole(0, 2, 0, 3, 0, 3, 0, 2, 0);

    /// <summary>A step of (1 − γ)/2 down the slope of the mean squared error of a code is the same move.</summary>
    [SecondRoute("ema_update_lesson")]
    [TestCase(0.25)]
    [TestCase(0.9375)]
    public void EmaUpdateLesson_AnyDecay_IsAGradientStepOnTheMeanSquaredError(double decay)
    {
        var slope = CentralDifference.Gradient(Codebook, MeanSquaredError);

        var moved = new ReferenceKernels().EmaUpdateLesson(Codebook, Z, Indices, decay);

        Agreement.Of(moved, [.. slope.Select((g, i) => Codebook[i] - ((1 - decay) / 2 * g))]);
    }

    [Test]
    public void EmaUpdateLesson_CodeWithoutVectors_StaysToTheLastBit()
    {
        var moved = new ReferenceKernels().EmaUpdateLesson(Codebook, Z, Indices, 0.9);

        Assert.That(moved.RowOf(1), Is.EqualTo(Codebook.RowOf(1)));
        Assert.That(moved.RowOf(0), Is.Not.EqualTo(Codebook.RowOf(0)));
    }

    [TestCase(-0.25)]
    [TestCase(1.25)]
    [TestCase(double.NaN)]
    public void EmaUpdateLesson_DecayThatIsNoWeight_IsRefused(double decay) =>
        Assert.That(() => new ReferenceKernels().EmaUpdateLesson(Codebook, Z, Indices, decay), Throws.TypeOf<RefusalException>());

    [Test]
    public void EmaUpdateLesson_IndicesForOtherVectors_AreRefused() =>
        Assert.That(() => new ReferenceKernels().EmaUpdateLesson(Codebook, Z, Tensors.Whole(0, 1), 0.5), Throws.TypeOf<RefusalException>());

    private static Estimate MeanSquaredError(Tensor codes) => Estimate.Sum(
        from i in Enumerable.Range(0, Z.Shape[0])
        let k = (int)Indices.Int64[i]
        let members = Indices.Int64.ToArray().Count(n => n == k)
        from j in Enumerable.Range(0, Z.Shape[1])
        select Math.Pow(codes[k, j] - Z[i, j], 2) / members);
}
