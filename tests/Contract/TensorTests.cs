using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Contract;

[TestFixture]
public sealed class TensorTests
{
    private static Tensor Counting(params int[] shape) =>
        new(shape, Enumerable.Range(0, (int)Tensor.CountOf(shape)).Select(i => (double)i).ToArray());

    [TestCase(new int[0], 2)]
    [TestCase(new[] { 3 }, 2)]
    [TestCase(new[] { 2, 0 }, 1)]
    public void Tensor_DataThatDoesNotFillTheShape_Throws(int[] shape, int count) =>
        Assert.That(() => new Tensor(shape, new double[count]), Throws.ArgumentException.With.Message.Contains("do not fill"));

    [TestCase(DType.Float64)]
    [TestCase(DType.Int64)]
    public void Tensor_FloatsUnderATypeThatIsNotNarrow_Throws(DType dtype) =>
        Assert.That(() => new Tensor([1], [1f], dtype), Throws.ArgumentException);

    [Test]
    public void CountOf_AProductPast64Bits_Throws() =>
        Assert.That(() => Tensor.CountOf([int.MaxValue, int.MaxValue, int.MaxValue]), Throws.TypeOf<OverflowException>());

    [Test]
    public void CountOf_ANegativeSize_Throws() => Assert.That(() => Tensor.CountOf([2, -1]), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(new int[0], 1)]
    [TestCase(new[] { 0 }, 0)]
    [TestCase(new[] { 3, 0, 7 }, 0)]
    [TestCase(new[] { 65536, 65536 }, 4294967296)]
    public void CountOf_AShape_IsItsProduct(int[] shape, long count) => Assert.That(Tensor.CountOf(shape), Is.EqualTo(count));

    [Test]
    public void Indexer_OfFourAxes_CountsTheLastFastest()
    {
        var tensor = Counting(2, 3, 4, 5);
        var counted = from i in Enumerable.Range(0, 2)
                      from j in Enumerable.Range(0, 3)
                      from k in Enumerable.Range(0, 4)
                      from l in Enumerable.Range(0, 5)
                      select tensor[i, j, k, l];

        Assert.That(counted, Is.EqualTo(tensor.ToDoubles()));
        Assert.That(Counting(2, 3)[1, 2], Is.EqualTo(5));
    }

    [TestCase(DType.Float32, 0.100000001490116119384765625)]
    [TestCase(DType.TensorFloat32, 0.0999755859375)]
    [TestCase(DType.BFloat16, 0.10009765625)]
    [TestCase(DType.Float16, 0.0999755859375)]
    [TestCase(DType.Float64, 0.1)]
    [TestCase(DType.Int64, 0)]
    public void As_AnotherType_RoundsToIt(DType dtype, double expected)
    {
        var narrow = Tensor.Scalar(0.1).As(dtype);

        Assert.That((narrow.DType, narrow[0]), Is.EqualTo((dtype, expected)));
    }

    [Test]
    public void Of_AnInt64ThatDoesNotFit_Throws() =>
        Assert.That(() => Tensor.Of(DType.Int64, [1], [1e19]), Throws.TypeOf<OverflowException>());

    [Test]
    public void Tensor_AfterItsShapeArrayChanges_KeepsItsShape()
    {
        int[] shape = [2];
        var tensor = new Tensor(shape, [1.0, 2]);
        shape[0] = 7;

        Assert.That(tensor.Shape.ToArray(), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void Identical_OfTheSameBits_IsTrueForNaNToo() =>
        Assert.That(new Tensor([2], [double.NaN, 1]).Identical(new Tensor([2], [double.NaN, 1])));

    [Test]
    public void Identical_OfAnotherTypeShapeOrValue_IsFalse()
    {
        var tensor = new Tensor([2], [1.0, 2]);

        Assert.That(tensor.Identical(tensor.As(DType.Float32)), Is.False);
        Assert.That(tensor.Identical(new Tensor([2, 1], [1.0, 2])), Is.False);
        Assert.That(tensor.Identical(new Tensor([2], [1.0, Math.BitIncrement(2.0)])), Is.False);
    }

    [Test]
    public void Data_AskedForAsAnotherType_Throws() =>
        Assert.That(() => Tensor.Scalar(1).Int64.Length, Throws.InvalidOperationException.With.Message.Contains("float64"));

    [Test]
    public void ToString_OfATensor_IsTypeAndShape() =>
        Assert.That(Counting(2, 3).As(DType.BFloat16).ToString(), Is.EqualTo("bfloat16[2, 3]"));
}
