using LatentConformance.Conformance.Judging;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Judging;

/// <summary>The judge, given wrong answers of every kind.</summary>
public class JudgeTests
{
    private static readonly Field Values = new("y", FieldKind.Float, ["N"]);
    private static readonly Field Indices = new("k", FieldKind.Int, ["N"]);
    private static readonly Precision Double = Precision.Of(DType.Float64);
    private static readonly double[] Kinds = [1, 0, -0.0, double.Epsilon, 1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    private static IEnumerable<object[]> Pairs => from a in Kinds from b in Kinds select new object[] { a, b };

    [TestCaseSource(nameof(Pairs))]
    public void Judged_EveryPairOfKinds_IsRightOnlyWhenTheSame(double expected, double given)
    {
        var same = expected.Equals(given) || expected == given;
        Assert.That(Judge.Judged(Values, Exact(expected), new Tensor([1], [given]), Double, strict: false).Right, Is.EqualTo(same));
    }

    [TestCase(0.99, true)]
    [TestCase(1.0, true)]
    [TestCase(1.01, false)]
    [TestCase(-1.0, true)]
    [TestCase(-1.01, false)]
    public void Judged_ADifferenceOfSoManyBounds_IsRightUpToOne(double bounds, bool right)
    {
        var coefficients = new Coefficients(1024, 0, 0);
        var expected = new Tensor([1], [1.0]) { Tolerance = new Tolerance([coefficients]) };
        var given = new Tensor([1], [1 + (bounds * coefficients.Allowed(Double))]);
        var finding = Judge.Judged(Values, expected, given, Double, strict: false);
        Assert.Multiple(() =>
        {
            Assert.That(finding.Right, Is.EqualTo(right));
            Assert.That(finding.Margin, Is.EqualTo(Math.Abs(bounds)).Within(1).Percent);
        });
    }

    [Test]
    public void Judged_AnotherShape_SaysBothBeforeLookingAtValues() =>
        Assert.That(
            Judge.Judged(Values, Exact(1, 2, 3), new Tensor([3, 1], [1.0, 2, 3]), Double, strict: false).Why,
            Is.EqualTo("y has shape [3, 1], expected [3]"));

    [Test]
    public void Judged_AnotherDType_SaysBoth() =>
        Assert.That(Judge.Judged(Values, Exact(1), new Tensor([1], [1f]), Double, strict: false).Why, Is.EqualTo("y is float32, expected float64"));

    [Test]
    public void Judged_IndicesAsFloats_AreNotIndices() =>
        Assert.That(Judge.Judged(Indices, new Tensor([1], [3L]), new Tensor([1], [3.0]), Double, strict: false).Right, Is.False);

    [Test]
    public void Judged_AScalarAsOneElement_IsAccepted() =>
        Assert.That(Judge.Judged(Values, new Tensor([], [2.0]), new Tensor([1], [2.0]), Double, strict: false).Right, Is.True);

    [Test]
    public void Judged_SeveralWrongElements_NamesTheFirstAndCounts() =>
        Assert.That(
            Judge.Judged(Values, Exact(1, 2, 3, 4), new Tensor([4], [1.0, 2.5, double.NaN, 4]), Double, strict: false).Why,
            Is.EqualTo("y[1] is 2.5, expected 2; 2 of 4 elements are off"));

    [TestCase(0.5, true)]
    [TestCase(2.0, false)]
    public void Judged_AnotherChoice_IsLegalWhereTheBoundReachesAcrossTheGap(double gapInBounds, bool right)
    {
        var coefficients = new Coefficients(1e6, 0, 0);
        var alternative = new Alternative(0, 7, gapInBounds * coefficients.Allowed(Double), coefficients);
        var expected = new Tensor([1], [3L]) { Tolerance = Tolerance.Exact(1) with { Alternatives = [alternative] } };
        Assert.That(Judge.Judged(Indices, expected, new Tensor([1], [7L]), Double, strict: false).Right, Is.EqualTo(right));
    }

    [Test]
    public void Judged_NothingAnswered_IsNotRight()
    {
        var finding = Judge.Judged([Values], new Dictionary<string, Tensor> { ["y"] = Exact(1) }, new Dictionary<string, Tensor>(), Double, strict: false);
        Assert.That((finding.Right, finding.Comparisons), Is.EqualTo((false, 0)));
    }

    [Test]
    public void Judged_OneFieldOfACompositeAbsent_JudgesTheOthers()
    {
        var expected = new Dictionary<string, Tensor> { ["y"] = Exact(1), ["z"] = Exact(2) };
        var given = new Dictionary<string, Tensor> { ["y"] = new Tensor([1], [1.0]) };
        Assert.That(Judge.Judged([Values, Values with { Name = "z" }], expected, given, Double, strict: false).Right, Is.True);
    }

    [Test]
    public void Judged_AnEmptyOutput_StillComparesItsShape()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Judge.Judged(Values, Exact(), new Tensor([0], Array.Empty<double>()), Double, strict: false), Has.Property("Right").True.And.Property("Comparisons").EqualTo(1));
            Assert.That(Judge.Judged(Values, Exact(), new Tensor([1], [0.0]), Double, strict: false).Right, Is.False);
        });
    }

    private static Tensor Exact(params double[] values) => new([values.Length], values) { Tolerance = Tolerance.Exact(values.Length) };
}
