using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Contract;

[TestFixture]
public sealed class ConventionsTests
{
    private static IEnumerable<TestCaseData> Known =>
        from convention in Conventions.Known from value in convention.Value select new TestCaseData(convention.Key, value);

    [TestCaseSource(nameof(Known))]
    public void With_AKnownValue_IsThatValueAndChangesNothingElse(string name, string value)
    {
        var conventions = Conventions.House.With(name, value);

        Assert.That(conventions.Value(name), Is.EqualTo(value));
        Assert.That(
            Conventions.Known.Keys.Where(n => n != name).Select(conventions.Value),
            Is.EqualTo(Conventions.Known.Keys.Where(n => n != name).Select(Conventions.House.Value)));
    }

    [Test]
    public void Known_TheFirstValueOfEach_IsTheHouses() =>
        Assert.That(Conventions.Known.Select(c => c.Value[0]), Is.EqualTo(Conventions.Known.Keys.Select(Conventions.House.Value)));

    [TestCase("reduce", "average")]
    [TestCase("beta", "")]
    [TestCase("estimator", "gumbel")]
    [TestCase("logvar_clamp", "[20, -30]")]
    [TestCase("logvar_clamp", "[1]")]
    [TestCase("logvar_clamp", "[a, b]")]
    [TestCase("logvar_clamp", "[1, 1]")]
    [TestCase("logvar_clamp", "[NaN, 1]")]
    [TestCase("reduction", "sum")]
    public void With_AnUnknownNameOrValue_Throws(string name, string value) =>
        Assert.That(() => Conventions.House.With(name, value), Throws.ArgumentException);

    [TestCase("[-30,20]", -30, 20)]
    [TestCase("[ -1.5 , 2.5 ]", -1.5, 2.5)]
    public void With_AnyClampRange_ReadsBothEnds(string value, double low, double high) =>
        Assert.That(Conventions.House.With("logvar_clamp", value).LogvarClamp, Is.EqualTo((low, high)));

    /// <summary>Only what the operation honours can make its answer differ, so only that is named.</summary>
    [TestCase("kl_standard", "reduce: mean; logvar_clamp: [-30, 20]")]
    [TestCase("vq_loss", "reduce: mean; beta: legacy")]
    [TestCase("vq_assign", "")]
    public void Departures_OfAnOperation_AreThoseItHonours(string operation, string expected)
    {
        var conventions = Conventions.House.With("reduce", "mean").With("beta", "legacy").With("logvar_clamp", "[-30, 20]");

        Assert.That(string.Join("; ", conventions.Departures(Catalogue.Standard.Find(operation)!)), Is.EqualTo(expected));
    }

    [Test]
    public void For_AGradient_IsItsOperationsUnlessItDeclaresItsOwn()
    {
        var (sum, mean) = (Conventions.House.With("reduce", "sum"), Conventions.House.With("reduce", "mean"));
        var description = new Description("under test", "1", DType.Float32)
        {
            ByOperation = new Dictionary<string, Conventions> { ["bce"] = sum, ["l1"] = sum, ["l1.vjp"] = mean },
        };
        Conventions For(string name) => description.For(Catalogue.Standard.Find(name)!);

        Assert.That((For("bce.vjp"), For("l1.vjp"), For("kl_standard")), Is.EqualTo((sum, mean, Conventions.House)));
    }
}
