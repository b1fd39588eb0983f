using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth;
using NUnit.Framework;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>The reference under a convention that it does not declare: told by name, in every operation that honours it.</summary>
public sealed class ConventionHintTests
{
    /// <summary>Every convention but the house's, in every operation that honours it.</summary>
    internal static IEnumerable<TestCaseData> Departures() =>
        from operation in Catalogue.Standard.Operations
        from name in operation.Honours
        from value in Conventions.Known[name]
        where value != Conventions.House.Value(name)
        select new TestCaseData(operation.Name, name, value).SetArgDisplayNames(operation.Name, name, value);

    [TestCaseSource(nameof(Departures))]
    public void Verify_AConventionThatIsNotDeclared_IsToldOrMakesNoDifference(string name, string convention, string value)
    {
        var operation = Catalogue.Standard.Find(name)!;
        var silent = new Answers(operation, inputs =>
            Checkout.Oracle.Ask(operation, inputs, Conventions.House.With(convention, value)) is Answered answered ? answered.Outputs : throw new RefusalException("refused"));

        var bad = Ground.Verify(silent, name).Where(r => r.IsBad() && !r.Strict && !r.Message!.StartsWith("refused", StringComparison.Ordinal)).ToArray();

        Assert.That(bad.Select(r => r.Message), Has.All.Match($"this is .*{convention}: {value.Replace("[", "\\[", StringComparison.Ordinal)}.*; declare it, or mend it"));
    }
}
