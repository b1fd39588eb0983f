using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class StraightThroughTests
{
    /// <summary>On the grid z + (quantized − z) has nothing to round.</summary>
    [SecondRoute("straight_through")]
    [TestCase("one")]
    [TestCase("two")]
    public void StraightThrough_OnTheGrid_IsZPlusTheJump(string key)
    {
        var inputs = Tensors.For("straight_through", key);
        var (z, quantized) = (inputs["z"], inputs["quantized"]);

        var output = new ReferenceKernels().StraightThrough(z, quantized);

        Agreement.Exactly(output, [.. Enumerable.Range(0, z.Count).Select(i => z[i] + (quantized[i] - z[i]))]);
    }

    /// <summary>z + sg(quantized − z) with the jump frozen: the slope of the identity in z, none in quantized.</summary>
    [SecondRoute("straight_through.vjp")]
    [Test]
    public void StraightThroughVjp_WithTheJumpFrozen_FollowsCentralDifferences()
    {
        var inputs = Tensors.For("straight_through.vjp");
        var (z, quantized, upstream) = (inputs["z"], inputs["quantized"], inputs["d_output"]);
        var jump = Enumerable.Range(0, z.Count).Select(i => quantized[i] - z[i]).ToArray();

        var (dZ, dQuantized) = new ReferenceKernels().StraightThroughVjp(z, quantized, upstream);

        Agreement.Of(dZ!, CentralDifference.Gradient(z, v => Estimate.Sum(jump.Select((frozen, i) => upstream[i] * (v[i] + frozen)))));
        Assert.That(dQuantized!.ToDoubles(), Is.All.Zero);
    }
}
