using LatentConformance.Conformance;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Language;

public class ParserTests
{
    private static readonly Position Start = new("page.md", 10, 8);

    [TestCase("1 + 2 * 3 == 7")]
    [TestCase("2^3^2 == 512")]
    [TestCase("-2^2 == -4")]
    [TestCase("kl_standard(mu: [3.0], logvar: [log(0.2^2)]) = 5.63")]
    [TestCase("for x in normal(8, 16): sum(x) = sum(x)")]
    [TestCase("for k in 2..16, n = k * 2: n > k")]
    [TestCase("196_608 / 1024 == 192")]
    [TestCase("3.77% in [3%, 5%]")]
    [TestCase("1 in {0, 1}")]
    [TestCase("vq_quantize(z: [[1, 0]], codebook: [[0, 1]]).indices == 0")]
    [TestCase("kl_standard.vjp(mu: [1], logvar: [0], d_kl: 1).d_mu = 1.0")]
    [TestCase("[1, 2][0] == 1")]
    [TestCase("5.63 = 5.63 +- 0.01")]
    public void ParseCheck_WellFormed_IsRead(string text) =>
        Assert.That(Parser.ParseCheck(text, Start, Catalogue.Standard).Text, Is.EqualTo(text));

    [TestCase("1 + = 2", 12, "expected a number, a name or '('")]
    [TestCase("1 2 = 3", 10, "expected a comparison")]
    [TestCase("1 = 2 3", 14, "expected the end")]
    [TestCase("kl_standrad(mu: [1]) = 1", 8, "did you mean 'kl_standard'?")]
    [TestCase("kl_standard(mu: [1], logva: [1]) = 1", 29, "did you mean 'logvar'?")]
    [TestCase("kl_standard(mu: [1]) = 1", 8, "needs its input 'logvar'")]
    [TestCase("kl_standard([1], [1]) = 1", 20, "takes its inputs by name")]
    [TestCase("kl_standard(mu: 1, mu: 2, logvar: 1) = 1", 27, "given twice")]
    [TestCase("lgo(2) = 1", 8, "did you mean 'log'?")]
    [TestCase("log(2, 3, 4) = 1", 8, "does not take 3 arguments")]
    [TestCase("1 < 2 +- 1", 17, "goes with = only")]
    [TestCase("1 in [1, 2, 3]", 13, "two ends")]
    [TestCase("for pi in 1..2: 1 = 1", 12, "is a constant")]
    [TestCase("1 = 2 # no", 14, "unexpected character")]
    [TestCase("1e999 = 2", 8, "too large")]
    [TestCase("1e99999999999 = 2", 8, "too large")]
    [TestCase("(1 = 2", 11, "expected ')'")]
    [TestCase("", 8, "expected a number")]
    public void ParseCheck_Malformed_SaysWhereAndWhatWasExpected(string text, int column, string message)
    {
        var refused = Assert.Throws<SpecError>(() => Parser.ParseCheck(text, Start, Catalogue.Standard))!;
        Assert.Multiple(() =>
        {
            Assert.That(refused.Position, Is.EqualTo(new Position("page.md", 10, column)));
            Assert.That(refused.Message, Does.StartWith("page.md:10:").And.Contain(message));
            Assert.That(refused.Message, Does.Not.Contain("\n"));
        });
    }

    [Test]
    public void ParseCheck_ErrorOnAContinuationLine_CountsLinesAndColumns()
    {
        var refused = Assert.Throws<SpecError>(() => Parser.ParseCheck("1 +\n    oops(2) = 3", Start, Catalogue.Standard))!;
        Assert.That(refused.Position, Is.EqualTo(new Position("page.md", 11, 5)));
    }

    [TestCase('(')]
    [TestCase('[')]
    [TestCase('-')]
    public void ParseCheck_NestedTenThousandDeep_IsRefused(char open) =>
        Assert.Throws<SpecError>(() => Parser.ParseCheck(new string(open, 10_000), Start, Catalogue.Standard));

    [Test]
    public void ParseCheck_AnEndlessSum_IsRefused() =>
        Assert.Throws<SpecError>(() => Parser.ParseCheck(string.Join("+", Enumerable.Repeat("1", 9_000)) + "=1", Start, Catalogue.Standard));

    [TestCase("5.63", 0.005)]
    [TestCase("4", 0.5)]
    [TestCase("84e6", 0.5e6)]
    [TestCase("1.50e-3", 0.5e-5)]
    [TestCase("4%", 0.005)]
    [TestCase("3.77%", 0.00005)]
    [TestCase("196_608", 0.5)]
    public void ParseCheck_Literal_KeepsHalfAUnitOfItsLastPlace(string literal, double halfUnit)
    {
        var check = Parser.ParseCheck($"1 = {literal}", Start, Catalogue.Standard);
        Assert.That(((Literal)check.Right).HalfUnit, Is.EqualTo(halfUnit).Within(4).Ulps);
    }

    [Test]
    public void ParseCheck_Operations_AreCollected()
    {
        var check = Parser.ParseCheck("sum(kl_standard(mu: 1, logvar: 0)) = kl_spatial(mu: 1, logvar: 0)", Start, Catalogue.Standard);
        Assert.That(check.Operations, Is.EqualTo(new[] { "kl_spatial", "kl_standard" }));
    }
}
