using System.Numerics;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class RoundHalfEvenTests
{
    /// <summary>In whole 256ths: what is left over against 128 decides, and at 128 the parity does.</summary>
    [SecondRoute("round_half_even")]
    [Test]
    public void RoundHalfEven_EveryPointOfTheGrid_IsDecidedInWholeNumbers()
    {
        var x = Tensors.Vector([.. Enumerable.Range(-1200, 2401).Select(n => n / 256.0)]);

        Agreement.Exactly(new ReferenceKernels().RoundHalfEven(x), [.. x.ToDoubles().Select(Decided)]);
    }

    [SecondRoute("round_half_even")]
    [TestCase(0.5, 0)]
    [TestCase(1.5, 2)]
    [TestCase(2.5, 2)]
    [TestCase(-0.5, 0)]
    [TestCase(-1.5, -2)]
    [TestCase(0.49999999999999994, 0)]
    [TestCase(4503599627370497.5, 4503599627370498)]
    [TestCase(1e300, 1e300)]
    public void RoundHalfEven_HalvesAndBigNumbers_GoToTheEvenOne(double x, double expected) =>
        Agreement.Exactly(new ReferenceKernels().RoundHalfEven(Tensors.Vector(x)), expected);

    /// <summary>x + sg(round(x) − x) with the jump frozen.</summary>
    [SecondRoute("round_half_even.vjp")]
    [Test]
    public void RoundHalfEvenVjp_WithTheJumpFrozen_FollowsCentralDifferences()
    {
        var (x, upstream) = (Tensors.Normal("x", 20), Tensors.Normal("upstream", 20));
        var jump = x.ToDoubles().Select(v => Decided(v) - v).ToArray();

        var answer = new ReferenceKernels().RoundHalfEvenVjp(x, upstream);

        Agreement.Of(answer, CentralDifference.Gradient(x, v => Estimate.Sum(jump.Select((frozen, i) => upstream[i] * (v[i] + frozen)))));
    }

    private static double Decided(double x)
    {
        var whole = new BigInteger(x * 256);
        var floor = (whole - (((whole % 256) + 256) % 256)) / 256;
        var left = (int)(whole - (floor * 256));
        return (double)(left > 128 || (left == 128 && !floor.IsEven) ? floor + 1 : floor);
    }
}
