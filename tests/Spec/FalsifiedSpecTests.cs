using System.Globalization;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Spec;

/// <summary>A page with a wrong number fails: every printed number is moved two units in its last place, one claim at a time.</summary>
public class FalsifiedSpecTests
{
    private static IEnumerable<TestCaseData> Printed =>
        from claim in Checkout.Book.Claims
        from statement in claim.Statements
        where !statement.Refuted && statement.Check is { Relation: Relation.Equal, Tolerance: null, Right: Literal or Negation { Operand: Literal } }
        select new TestCaseData(claim, statement).SetName($"{claim.Id}: {statement.Check.Text}");

    [TestCaseSource(nameof(Printed))]
    public void Claim_WithItsPrintedNumberMoved_Fails(Claim claim, Statement statement)
    {
        foreach (var units in new[] { -4, 4 })
        {
            var check = statement.Check with { Right = Moved(statement.Check.Right, units) };
            var falsified = claim with { Statements = [new Statement(check, Refuted: false)] };
            var result = new ClaimRun(Catalogue.Standard, Checkout.Oracle, seed: 1).Run(falsified, Checkout.Reference);
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Fail), string.Create(CultureInfo.InvariantCulture, $"moved by {units} half units and still holds"));
        }
    }

    private static Expression Moved(Expression side, int halfUnits) => side switch
    {
        Literal l => l with { Value = l.Value + (halfUnits * l.HalfUnit) },
        Negation n => n with { Operand = Moved(n.Operand, halfUnits) },
        _ => side,
    };
}
