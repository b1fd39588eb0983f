using FsCheck;
using FsCheck.Fluent;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Language;

/// <summary>Whatever the text, a parser answers or refuses with one line; it never throws anything else and always ends.</summary>
[CancelAfter(60_000)]
public class ParserFuzzTests
{
    private static readonly string[] Pieces =
    [
        "for ", "in ", " x", "kl_standard", "(", ")", "mu", ": ", "logvar", "[", "]", "{", "}", ",", "..", ".", "+", "-", "*", "/", "^",
        "=", "==", "!=", "<", "<=", "+-", "1", "0", "2.5", "1e9", "9^9^9^9", "normal", "shape", "sum", "zeros", "1e300", "nan", "inf", "%",
        "\n", " ", "id: a\n", "check: ", "says: s\n", "source: beginners-path\n", "```claim\n", "```\n", "let: y = ", "refute: ", "#", "é", "\0",
        "reshape", "take", "range", "normal(1000000,1000000)", "linspace(0,1,100000000)", "refuse a: ", ";",
    ];

    private static readonly Gen<string> Mixed =
        from pieces in Gen.Elements(Pieces).ListOf()
        select string.Concat(pieces);

    private static Arbitrary<string> Texts => Gen.OneOf(Mixed, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")).ToArbitrary();

    [Test]
    public void Check_ArbitraryText_AnswersOrRefuses() => Holds(text =>
    {
        var check = Parser.ParseCheck(text, new Position("page.md", 1, 1), Catalogue.Standard);
        Evaluate(check);
    });

    [Test]
    public void Page_ArbitraryText_AnswersOrRefuses() => Holds(text => new ClaimReader(Catalogue.Standard).Read(text, "page.md"));

    [Test]
    public void Claim_ArbitraryEntries_AnswersOrRefuses() =>
        Holds(text => new ClaimReader(Catalogue.Standard).Read($"```claim\nid: a\nsource: s\nsays: t\ncheck: {text}\n```\n", "page.md"));

    [Test]
    public void Inputs_ArbitraryText_AnswersOrRefuses() => Holds(text =>
        new InputsFile(Catalogue.Standard, _ => ("page.inputs", text)).Read(Catalogue.Standard.Find("kl_standard")!));

    [Test]
    public void Golden_ArbitraryText_IsRefused() => Holds(text =>
        GoldenReader.Read(text, "page.verified.json", Catalogue.Standard.Find("kl_standard")!));

    private static void Holds(Action<string> read) =>
        Prop.ForAll(Texts, text =>
        {
            try
            {
                read(text);
            }
            catch (SpecError refused)
            {
                Assert.That(refused.Message, Does.Not.Contain("\n"));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20261121, 1));

    private static void Evaluate(Conformance.Language.Check check)
    {
        try
        {
            CheckRunner.Run(check, new Evaluator(Catalogue.Standard, new Unoffered(), new Draws("fuzz")));
        }
        catch (Unanswered)
        {
            // An operation was called, and nobody answers here.
        }
    }

    private sealed class Unoffered : IOperations
    {
        public IReadOnlyDictionary<string, Quantity> Ask(Operation operation, IReadOnlyDictionary<string, Quantity> inputs) =>
            throw new Unanswered(UnansweredKind.Unsupported, operation.Name);
    }
}
