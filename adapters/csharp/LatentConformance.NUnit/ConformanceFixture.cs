using System.Reflection;
using LatentConformance.Conformance.Running;
using NUnit.Framework;

namespace LatentConformance.NUnit;

/// <summary>
/// Derive it once and name your class: a test for each vector and claim that its operations can answer. The spec is the one
/// that this package carries; another version of it comes only with another version of the package.
/// </summary>
[TestFixture]
public abstract class ConformanceFixture<T>
    where T : new()
{
    private static readonly Dictionary<Type, Suite> Suites = [];

#pragma warning disable CA1000 // NUnit looks for a source by name, static, on the fixture's own type: here it must be.
    /// <summary>What every derived fixture can be asked, in the order of the topics.</summary>
    public static IEnumerable<TestCaseData> Vectors => Cases(ResultKind.Vector);

    public static IEnumerable<TestCaseData> Claims => Cases(ResultKind.Claim);
#pragma warning restore CA1000

    [TestCaseSource(nameof(Vectors))]
    public void Vector(SuiteCase one) => Judge(one);

    [TestCaseSource(nameof(Claims))]
    public void Claim(SuiteCase one) => Judge(one);

    private static IEnumerable<TestCaseData> Cases(ResultKind kind) =>
        new Suite(new T()).Cases.Where(c => c.Kind == kind).Select(c => new TestCaseData(c)
            .SetArgDisplayNames($"{c.Topic}, {c.Id}")
            .SetCategory(c.Topic)
            .SetProperty("spec", Suite.SpecVersion));

    private Suite Mine()
    {
        lock (Suites)
        {
            if (!Suites.TryGetValue(GetType(), out var suite))
            {
                Suites[GetType()] = suite = new Suite(new T(), Known());
            }

            return suite;
        }
    }

    private string? Known()
    {
        if (GetType().GetCustomAttribute<KnownFailuresAttribute>() is not { } known)
        {
            return null;
        }

        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, known.File);
        if (!File.Exists(path))
        {
            Assert.Fail($"no baseline {path}: 'latent verify My.dll --write-baseline {known.File}' writes it; have it copied beside the tests");
        }

        return path;
    }

    private void Judge(SuiteCase one)
    {
        var suite = Mine();
        var result = suite.Run(one);
        switch (result.Outcome)
        {
            case Outcome.Pass:
                break;
            case Outcome.Fail or Outcome.Error when result.Strict:
                Assert.Ignore($"strict, asks for more than ordinary code must give: {result.Message}");
                break;
            case Outcome.Fail or Outcome.Error:
                Assert.Fail($"{result.Message}\n{suite.Detail(one)}");
                break;
            case Outcome.ExpectedFailure:
                Assert.Ignore($"in the baseline: {result.Message}");
                break;
            default:
                Assert.Ignore(result.Message ?? "not asked");
                break;
        }
    }
}
