using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Spec;

/// <summary>Every claim of the spec, on the reference: one test a claim.</summary>
public class ClaimTests
{
    private static IEnumerable<TestCaseData> Claims =>
        Checkout.Book.Claims
            .Where(c => c.Statements.Count > 0)
            .Select(c => new TestCaseData(c).SetName($"{c.Topic}: {c.Id}").SetCategory(c.Topic));

    [TestCaseSource(nameof(Claims))]
    public void Claim_OnTheReference_Holds(Claim claim)
    {
        var result = new ClaimRun(Catalogue.Standard, Checkout.Oracle, seed: 1).Run(claim, Checkout.Reference);
        Assert.That(result.Outcome, Is.EqualTo(Outcome.Pass), result.Message);
    }

    /// <summary>A check without an operation is arithmetic from the document's inputs, and never one literal against another.</summary>
    [TestCaseSource(nameof(Claims))]
    public void Claim_EveryStatement_ComputesSomething(Claim claim)
    {
        foreach (var check in claim.Statements.Select(s => s.Check))
        {
            Assert.That(IsPrinted(check.Left) && IsPrinted(check.Right), Is.False, $"a constant against a constant: {check.Text}");
        }
    }

    private static bool IsPrinted(Conformance.Language.Expression side) => side switch
    {
        Conformance.Language.Literal => true,
        Conformance.Language.Negation n => IsPrinted(n.Operand),
        Conformance.Language.ListOf l => l.Items.All(IsPrinted),
        _ => false,
    };
}
