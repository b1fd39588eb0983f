using LatentConformance.Compare;
using NUnit.Framework;

namespace LatentConformance.Tests.Compare;

public class StatisticsTests
{
    [Test]
    public void Spread_OfFive_HasTheirMiddleAndQuartiles() =>
        Assert.That(Spread.Of([5, 1, 4, 2, 3]), Is.EqualTo(new Spread(3, 2, 4, 1, 5)));

    [Test]
    public void Spread_OfFour_LiesBetweenNeighbours() =>
        Assert.That(Spread.Of([1, 2, 3, 4]), Is.EqualTo(new Spread(2.5, 1.75, 3.25, 1, 4)));

    [Test]
    public void Spread_OfNothing_IsRefused() => Assert.That(() => Spread.Of([]), Throws.ArgumentException);

    /// <summary>A round in which everything took ten times as long says the same about the two.</summary>
    [Test]
    public void Ratios_SlowRound_Cancels() =>
        Assert.That(Spread.OfRatios([4, 40, 4], [2, 20, 2]), Is.EqualTo(new Spread(2, 2, 2, 2, 2)));

    [Test]
    public void Growth_StraightLine_IsFoundExactly()
    {
        var growth = Growth.Of([1, 2, 4, 8], [3, 6, 12, 24]);
        Assert.That((growth.Intercept, growth.Slope, growth.RSquared, growth.Exponent), Is.EqualTo((0.0, 3.0, 1.0, 1.0)).Within(1e-12));
    }

    [Test]
    public void Growth_Square_ShowsInTheExponent() =>
        Assert.That(Growth.Of([1, 2, 4, 8], [1, 4, 16, 64]).Exponent, Is.EqualTo(2).Within(1e-12));

    [Test]
    public void Order_OfRounds_LetsNobodyFollowTheSameOneAlways()
    {
        var before = Enumerable.Range(0, 6).Select(round =>
        {
            var order = Contest.Order(["a", "b", "c"], round).ToList();
            Assert.That(order.Order(), Is.EqualTo(new[] { "a", "b", "c" }));
            var place = order.IndexOf("a");
            return place == 0 ? "" : order[place - 1];
        });
        Assert.That(before.Distinct().Count(), Is.EqualTo(3));
    }
}
