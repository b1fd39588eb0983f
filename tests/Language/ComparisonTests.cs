using LatentConformance.Conformance;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Language;

/// <summary>The comparer is itself held against wrong input: it must fail where it should, and NaN satisfies nothing.</summary>
public class ComparisonTests
{
    [TestCase("5.629 = 5.63", true)]
    [TestCase("5.625 = 5.63", true)]
    [TestCase("5.635 = 5.63", true)]
    [TestCase("5.6351 = 5.63", false)]
    [TestCase("5.6249 = 5.63", false)]
    [TestCase("0.0075 = 0.008", true)]
    [TestCase("0.00749 = 0.008", false)]
    [TestCase("-3.8263 = -3.83", true)]
    [TestCase("0.4 = 0", true)]
    [TestCase("0.4 == 0", false)]
    [TestCase("0.4 = 0 +- 0", false)]
    [TestCase("0.4 = 0 +- 0.5", true)]
    [TestCase("3.8263 != 4.0", true)]
    [TestCase("3.96 != 4.0", false)]
    [TestCase("1/3 + 1/3 + 1/3 = 1/3 * 3", true)]
    [TestCase("0.1 + 0.2 = 0.6 / 2", true)]
    [TestCase("0.1 + 0.2 + 1e-12 = 0.6 / 2", false)]
    [TestCase("[1, 2, 3] = [1, 2, 3]", true)]
    [TestCase("[1.004, 2] = [1.00, 2.00]", true)]
    [TestCase("[1.004, 2.1] = [1.00, 2.00]", false)]
    [TestCase("[1, 2] = [1, 2, 3]", false)]
    [TestCase("[1, 2] < 3", true)]
    [TestCase("[1, 3] < 3", false)]
    [TestCase("[1, 3] <= 3", true)]
    [TestCase("2 in [1, 3]", true)]
    [TestCase("[2, 4] in [1, 3]", false)]
    [TestCase("[1, 0, 1] in {0, 1}", true)]
    [TestCase("[1, 0.5] in {0, 1}", false)]
    [TestCase("3.766% = 4%", true)]
    [TestCase("28.1% = 50%", false)]
    [TestCase("shape([[1, 2, 3]]) == [1, 3]", true)]
    [TestCase("for k in 1..4: k^2 >= k", true)]
    [TestCase("for k in 1..4: k^2 > k", false)]
    [TestCase("for x in normal(5, 3): shape(x) == [5, 3]", true)]
    [TestCase("0.1 + 0.2 < 0.3", false)]
    [TestCase("0.1 + 0.2 <= 0.6 / 2", true)]
    [TestCase("inf = inf", true)]
    [TestCase("inf = -inf", false)]
    [TestCase("inf > 1", true)]
    public void Compare_Table(string text, bool holds) => Assert.That(Run(text).Holds, Is.EqualTo(holds));

    [TestCase("nan = nan")]
    [TestCase("nan == nan")]
    [TestCase("nan != 1")]
    [TestCase("nan < 1")]
    [TestCase("nan <= 1")]
    [TestCase("nan > 1")]
    [TestCase("nan >= 1")]
    [TestCase("nan in [0, 1]")]
    [TestCase("nan in {nan}")]
    [TestCase("[1, nan] = [1, 1]")]
    [TestCase("1 = 1 +- nan")]
    public void Compare_NaN_SatisfiesNothing(string text) => Assert.That(Run(text).Holds, Is.False);

    [TestCase("nan = 1")]
    [TestCase("[1, nan] < 3")]
    [TestCase("nan in [0, 1]")]
    public void Compare_NaN_IsUndefined_SoItsRefutationFailsToo(string text) => Assert.That(Run(text).Undefined, Is.True);

    [Test]
    public void Compare_OverNothing_CountsNothing() => Assert.That(Run("for k in 3..1: k = k").Elements, Is.Zero);

    [TestCase("zeros(3) = ones(4)")]
    [TestCase("[1, 2] = [[1], [2]]")]
    public void Compare_UnlikeShapes_DoesNotHold(string text) => Assert.That(Run(text).Holds, Is.False);

    private static Compared Run(string text)
    {
        var check = Parser.ParseCheck(text, new Position("t", 1, 1), Catalogue.Standard);
        return CheckRunner.Run(check, new Evaluator(Catalogue.Standard, null!, new Draws("test")));
    }
}
