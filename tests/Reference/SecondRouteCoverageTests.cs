using System.Reflection;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class SecondRouteCoverageTests
{
    private static string[] Reached =>
    [
        .. typeof(SecondRouteCoverageTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttributes<SecondRouteAttribute>())
            .SelectMany(a => a.Operations)
            .Distinct(),
    ];

    [Test]
    public void Catalogue_EveryOperation_IsReachedByASecondRoute() =>
        Assert.That(Catalogue.Standard.Operations.Select(o => o.Name).Except(Reached), Is.Empty);

    [Test]
    public void SecondRoutes_EveryName_IsAnOperation() =>
        Assert.That(Reached.Where(n => Catalogue.Standard.Find(n) is null), Is.Empty);
}
