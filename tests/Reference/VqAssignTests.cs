using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class VqAssignTests
{
    [SecondRoute("vq_assign")]
    [TestCase(1, 1, 4)]
    [TestCase(40, 3, 16)]
    [TestCase(25, 8, 50)]
    public void VqAssign_AgainstEveryCodeInWholeNumbers_IsTheNearest(int rows, int dimensions, int codes)
    {
        var z = Tensors.Normal($"z{codes}", rows, dimensions);
        var codebook = Tensors.Normal($"codebook{codes}", codes, dimensions);

        Assert.That(new ReferenceKernels().VqAssign(z, codebook).Int64.ToArray(), Is.EqualTo(NearestCode.Of(z, codebook)));
    }

    /// <summary>Coordinates of −1, 0, 1 tie all the time.</summary>
    [SecondRoute("vq_assign")]
    [TestCase("one")]
    [TestCase("two")]
    public void VqAssign_OnACoarseGrid_TakesTheLowestIndexOfATie(string key)
    {
        var z = Tensors.Of([60, 2], Coarse("z" + key));
        var codebook = Tensors.Of([7, 2], Coarse("codebook" + key));
        var nearest = NearestCode.Of(z, codebook);

        var indices = new ReferenceKernels().VqAssign(z, codebook);

        Assert.That(indices.Int64.ToArray(), Is.EqualTo(nearest));
    }

    /// <summary>Far from the origin ‖z‖² − 2 z·e + ‖e‖² has lost the distance; whole numbers have not.</summary>
    [SecondRoute("vq_assign")]
    [Test]
    public void VqAssign_FarFromTheOrigin_IsStillTheNearest()
    {
        const double Far = 1 << 20;
        var z = Tensors.Of([20, 2], i => Tensors.Normal("z", 20, 2)[i] + Far);
        var codebook = Tensors.Of([9, 2], i => Tensors.Normal("codebook", 9, 2)[i] + Far);

        Assert.That(new ReferenceKernels().VqAssign(z, codebook).Int64.ToArray(), Is.EqualTo(NearestCode.Of(z, codebook)));
    }

    [Test]
    public void VqAssign_ATrueTie_MakesTheOtherCodeLegalButNotItsDuplicates()
    {
        var codebook = new Tensor([4, 1], [-1.0, -1, 1, 3]);

        var indices = new ReferenceKernels().VqAssign(new Tensor([1, 1], [0.0]), codebook);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(indices[0], Is.Zero);
            Assert.That(indices.Tolerance!.Alternatives.Select(a => (a.Value, a.Gap)), Is.EqualTo(new[] { (2.0, 0.0) }));
        }
    }

    private static Func<int, double> Coarse(string key)
    {
        var draws = Tensors.Uniform(key, -1, 1, 200);
        return i => Math.Round(draws[i]);
    }

    /// <summary>The first NaN, whatever is near; and any code where one may pass over NaN, but not strictly.</summary>
    [Test]
    public void VqAssign_OfACodeThatIsNaN_IsThatCode()
    {
        var indices = new ReferenceKernels().VqAssign(new Tensor([2, 1], [0.0, 5]), new Tensor([4, 1], [0, double.NaN, 5, double.NaN]));

        Assert.That(indices.Int64.ToArray(), Is.EqualTo(new[] { 1, 1 }));
        foreach (var precision in DTypes.Floating.Select(Precision.Of))
        {
            Assert.That(indices.Tolerance!.Alternatives, Has.All.Matches<Alternative>(a =>
                Tolerance.IsLegal(a, precision, strict: false) && !Tolerance.IsLegal(a, precision, strict: true)));
        }
    }
}
