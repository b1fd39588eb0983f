using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class L1Tests
{
    [SecondRoute("l1")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void L1_EveryReduction_IsTheDistanceInWholeNumbers(string reduce)
    {
        var inputs = Tensors.For("l1");
        var (x, xHat) = (inputs["x"], inputs["x_hat"]);
        var exact = Enumerable.Range(0, x.Shape[0]).Select(b => Grid.Value(Grid.Distance(x.RowOf(b), xHat.RowOf(b)), power: 1)).ToArray();

        var answer = new ReferenceKernels(Reduced.Convention(reduce)).L1(x, xHat);

        if (reduce == "none")
        {
            Agreement.Exactly(answer, exact);
        }

        Agreement.Of(answer, Reduced.By(reduce, [.. exact], x.Shape[1]));
    }

    [SecondRoute("l1.vjp")]
    [TestCaseSource(typeof(Reduced), nameof(Reduced.Ways))]
    public void L1Vjp_AwayFromTheKink_FollowsCentralDifferences(string reduce) =>
        CentralDifference.Agrees("l1", Tensors.For("l1"), Reduced.Convention(reduce));

    /// <summary>Both one-sided slopes are ±1 where x̂ = x; the subgradient in the middle is the one that is answered.</summary>
    [Test]
    public void L1Vjp_AtTheKink_IsTheMiddleOfTheTwoSlopes() =>
        Agreement.Exactly(new ReferenceKernels().L1Vjp(Tensors.Row(1, 2), Tensors.Row(1, 3), Tensors.Vector(5)), 0, 5);
}
