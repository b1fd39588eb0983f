using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class FreeBitsTests
{
    /// <summary>max(a, b) = (a + b + |a − b|)/2, in decimal, which holds all of these numbers as they are.</summary>
    [SecondRoute("free_bits")]
    [TestCase(0.0)]
    [TestCase(0.5)]
    [TestCase(1.25)]
    public void FreeBits_AnyFloor_IsHalfOfSumAndDistance(double floor)
    {
        var kl = Tensors.Uniform("kl", 0, 2, 5, 3);

        var loss = new ReferenceKernels().FreeBits(kl, floor);

        Agreement.Of(loss, [.. Enumerable.Range(0, 5).Select(b => (Estimate)(double)kl.RowOf(b)
            .Sum(x => ((decimal)x + (decimal)floor + Math.Abs((decimal)x - (decimal)floor)) / 2))]);
    }

    [SecondRoute("free_bits.vjp")]
    [Test]
    public void FreeBitsVjp_OffTheFloor_FollowsCentralDifferences() => CentralDifference.Agrees(
        "free_bits", new Dictionary<string, Tensor> { ["kl"] = new([2, 3], [0.25, 1, 0.5, 3, 0, 0.625]), ["floor"] = Tensor.Scalar(0.5625) });

    [Test]
    public void FreeBitsVjp_AtTheFloor_MayBeAllHalfOrNone()
    {
        var slope = new ReferenceKernels().FreeBitsVjp(Tensors.Row(0.5, 2), 0.5, Tensors.Vector(3));

        Assert.That(slope.Tolerance!.Alternatives.Select(a => (a.Element, a.Value)), Is.EqualTo(new[] { (0, 0.0), (0, 1.5), (0, 3.0) }));
    }

    [TestCase(-0.5)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void FreeBits_FloorThatIsNone_IsRefused(double floor) =>
        Assert.That(() => new ReferenceKernels().FreeBits(Tensors.Row(1), floor), Throws.TypeOf<RefusalException>());
}
