using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth;
using NUnit.Framework;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>
/// Wrong under a convention that is declared. The catalogued mistakes are written for the house's conventions, and a loss under
/// `reduce: mean` sends its gradient cotangents of another shape: what then cannot be held against the answer is passed over.
/// </summary>
public sealed class UnderConventionTests
{
    [TestCaseSource(typeof(ConventionHintTests), nameof(ConventionHintTests.Departures))]
    public void Verify_AWrongAnswerUnderADeclaredConvention_FailsAndNothingBreaks(string name, string convention, string value)
    {
        var operation = Catalogue.Standard.Find(name)!;
        var declared = Conventions.House.With(convention, value);
        var wrong = new Answers(operation, inputs =>
            Checkout.Oracle.Ask(operation, inputs, declared) is Answered answered
                ? answered.Outputs.ToDictionary(o => o.Key, o => o.Value.DType == DType.Int64 ? o.Value : o.Value.Each(v => (v * 1.37) + 0.25))
                : throw new RefusalException("refused"), declared);

        Assert.That(Ground.Verify(wrong, name), Has.Some.Matches<Result>(r => r.IsBad()));
    }
}
