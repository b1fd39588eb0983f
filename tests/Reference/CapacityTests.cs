using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class CapacityTests
{
    private static readonly Tensor Kl = Tensors.Uniform("kl", 0, 2, 5, 3);

    /// <summary>The root of the square in decimal, where every step on these numbers is exact.</summary>
    [SecondRoute("capacity_loss")]
    [TestCase(0, 1.5)]
    [TestCase(2.75, 0.375)]
    [TestCase(9, 4)]
    public void CapacityLoss_AnyCapacity_IsTheLargerMinusTheSmaller(double capacity, double gamma)
    {
        var loss = new ReferenceKernels().CapacityLoss(Kl, capacity, gamma);

        Agreement.Of(loss, [.. Enumerable.Range(0, 5).Select(b =>
        {
            var (sum, target) = (Kl.RowOf(b).Sum(x => (decimal)x), (decimal)capacity);
            return (Estimate)(double)((decimal)gamma * (Math.Max(sum, target) - Math.Min(sum, target)));
        })]);
    }

    [SecondRoute("capacity_loss.vjp")]
    [TestCase(0.5)]
    [TestCase(2.25)]
    [TestCase(9)]
    public void CapacityLossVjp_OffTheCapacity_FollowsCentralDifferences(double capacity) => CentralDifference.Agrees(
        "capacity_loss",
        new Dictionary<string, Tensor> { ["kl"] = new([2, 3], [1.5, 0.25, 2, 0.125, 0.5, 0.25]), ["capacity"] = Tensor.Scalar(capacity), ["gamma"] = Tensor.Scalar(1.75) });

    [Test]
    public void CapacityLossVjp_AtTheCapacity_MayPullEitherWay()
    {
        var slope = new ReferenceKernels().CapacityLossVjp(Tensors.Row(0.5, 1), 1.5, 2, Tensors.Vector(3));

        Assert.That(slope.ToDoubles(), Is.All.Zero);
        Assert.That(slope.Tolerance!.Alternatives.Select(a => a.Value).Distinct(), Is.EquivalentTo(new[] { -6.0, 6 }));
    }

    /// <summary>Every step of a schedule and past its end; decimal holds a quotient to 28 digits, float64 rounds it once.</summary>
    [SecondRoute("capacity_schedule")]
    [TestCase(1, 0.75)]
    [TestCase(7, 25)]
    [TestCase(1000, 5.5)]
    public void CapacitySchedule_EveryStep_IsItsPartOfTheWhole(long steps, double capacityMax)
    {
        var all = Enumerable.Range(0, (int)steps + 3).Select(t => (long)t).ToArray();

        var capacity = new ReferenceKernels().CapacitySchedule(Tensors.Whole(all), capacityMax, steps);

        Agreement.Of(capacity, [.. all.Select(t => Estimate.Computed((double)((decimal)capacityMax * Math.Min(t, steps) / steps)))]);
    }

    [SecondRoute("capacity_schedule.vjp")]
    [Test]
    public void CapacityScheduleVjp_AnySteps_FollowsCentralDifferences() =>
        CentralDifference.Agrees("capacity_schedule", Tensors.For("capacity_schedule"));

    /// <summary>A clock that counts: up by one a step, back to zero at the end of the cycle.</summary>
    [SecondRoute("cyclical_beta")]
    [TestCase(8, 4)]
    [TestCase(10, 7)]
    [TestCase(3, 3)]
    [TestCase(1, 1)]
    public void CyclicalBeta_EveryStep_IsThatOfAClock(long period, long rampSteps)
    {
        var (clock, expected) = (0L, new List<Estimate>());
        for (var t = 0; t < 3 * period; t++)
        {
            expected.Add(new Estimate(clock < rampSteps ? (double)((decimal)clock / rampSteps) : 1, Estimate.Unit));
            clock = clock + 1 == period ? 0 : clock + 1;
        }

        var beta = new ReferenceKernels().CyclicalBeta(Tensors.Whole([.. Enumerable.Range(0, expected.Count).Select(t => (long)t)]), period, rampSteps);

        Agreement.Of(beta, expected);
    }

    [TestCase(0, 1)]
    [TestCase(4, 0)]
    [TestCase(4, 5)]
    public void CyclicalBeta_CycleThatIsNone_IsRefused(long period, long rampSteps) =>
        Assert.That(() => new ReferenceKernels().CyclicalBeta(Tensors.Whole(1), period, rampSteps), Throws.TypeOf<RefusalException>());
}
