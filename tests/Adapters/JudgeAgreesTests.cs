using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>
/// The judge in Python has no reference to ask, and says of every answer what the engine says all the same: outcome,
/// level, comparisons and, to the last bit, how much of the bound was used. What it cannot judge it skips, and says so.
/// </summary>
public sealed class JudgeAgreesTests
{
    private sealed record Question(string Who, VectorCase Case, DType DType, Answer Answer, Result Engine);

    /// <summary>
    /// Each mistake in one of the dtypes, turn about: the judge reads the same coefficients for both. Of its cases the first
    /// that is caught, core and strict; right answers have a test of their own.
    /// </summary>
    [Test]
    public void Judge_OfEveryMistake_SaysWhatTheEngineSays() => Agree(
        from turn in Ground.Matrix.Values.Index()
        let bites = turn.Item
        let dtype = Bites.Tried[turn.Index % Bites.Tried.Length]
        from question in Of(new Mistaken(Checkout.Oracle, bites.Mistake, dtype), bites.Results[dtype], Checkout.Goldens[bites.Mistake.Operation]).Where(q => q.Engine.IsBad()).DistinctBy(q => q.Engine.Strict)
        select question);

    [Test]
    public void Judge_OfTheReferenceInEveryDType_SaysWhatTheEngineSays() => Agree(
        from dtype in DTypes.Floating
        let right = new Mistaken(Checkout.Oracle, null, dtype)
        let results = Ground.Verify(right)
        from golden in Checkout.Goldens.Values
        from question in Of(right, results, golden)
        select question);

    [TestCaseSource(typeof(Spoiled), nameof(Spoiled.Ways))]
    public void Judge_OfSpoiledAnswers_SaysWhatTheEngineSays(string way)
    {
        // Each way on every third operation, so that all are met four times.
        var spoiled = new Spoiled(way);
        var some = Checkout.Goldens.Values.Where((_, i) => i % 3 == Array.IndexOf(Spoiled.Ways, way) % 3).ToArray();
        var results = Ground.Verify(spoiled, [.. some.Select(g => g.Operation)]);
        Agree(some.SelectMany(g => Of(spoiled, results, g)));
    }

    /// <summary>The engine asks the reference what hangs on the choice that was made; without it the rest cannot be judged.</summary>
    [TestCase(false, Outcome.Pass)]
    [TestCase(true, Outcome.Fail)]
    public void Judge_OfAnotherLegalChoice_SkipsWhatHangsOnIt(bool zeros, Outcome engine)
    {
        var other = new OtherChoice(zeros);
        var results = Ground.Verify(other);
        var all = Checkout.Goldens.Values.SelectMany(g => Of(other, results, g)).ToArray();
        var skipped = Agree(all);
        Assert.That(skipped.Select(q => q.Engine.Outcome), Has.Some.EqualTo(engine));
    }

    [Test]
    public void Judge_AskedTwice_SaysWhatTheEngineSays()
    {
        var one = Checkout.Goldens["kl_standard"].Cases[0];
        var right = new Mistaken(Checkout.Oracle, null, DType.Float32);
        var first = (Answered)right.Ask(Catalogue.Standard.Find("kl_standard")!, one.Inputs);
        var off = new Answered(first.Outputs.ToDictionary(o => o.Key, o => Tensor.Of(DType.Float32, o.Value.Shape.ToArray(), [.. o.Value.ToDoubles().Select(v => v * (1 + 2e-7))])));
        Answer[] again = [first, off, new Raised("gone"), new Answered(new Dictionary<string, Tensor>())];
        var verdicts = PythonJudge.Judge(again.Select(a => PythonJudge.Line(one, DType.Float32, first, a)));
        Assert.That(verdicts.Select(v => v.Outcome), Is.EqualTo(new[] { Outcome.Pass, Outcome.Fail, Outcome.Fail, Outcome.Fail }));
    }

    /// <summary>Both judges on the same answers; what Python skipped because of a choice is returned, anything else must agree.</summary>
    private static List<Question> Agree(IEnumerable<Question> questions)
    {
        var all = questions.ToArray();
        var verdicts = PythonJudge.Judge(all.Select(q => PythonJudge.Line(q.Case, q.DType, q.Answer)));
        Assert.That(verdicts, Has.Count.EqualTo(all.Length));
        var skipped = new List<Question>();
        var differ = new List<string>();
        foreach (var (question, python) in all.Zip(verdicts))
        {
            if (python.Why == PythonJudge.OtherChoice && ChoseOtherwise(question))
            {
                skipped.Add(question);
                continue;
            }

            var engine = Expected(question);
            if (engine != python with { Why = "", Margin = MarginIsTheGoldens(question) ? python.Margin : null })
            {
                differ.Add($"{question.Who}, {question.Case.Id}, {question.DType.WireName()}: the engine says {engine}, {question.Engine.Message}; Python {python}");
            }
        }

        TestContext.Out.WriteLine($"{all.Length - skipped.Count} answers judged alike, {skipped.Count} skipped for another legal choice");
        Assert.That(differ.Take(20), Is.Empty);
        return skipped;
    }

    /// <summary>Over the wire a refusal of good inputs is an error like any other.</summary>
    private static PythonVerdict Expected(Question q)
    {
        var outcome = q.Answer is Refused && q.Engine.Outcome == Outcome.Fail ? Outcome.Error : q.Engine.Outcome;
        return new PythonVerdict(outcome, q.Engine.Strict, q.Engine.Comparisons, MarginIsTheGoldens(q) ? q.Engine.Margin : null, "");
    }

    /// <summary>Where an answer with a choice in it fails, the engine's bound is a live one, and a golden's is rounded up.</summary>
    private static bool MarginIsTheGoldens(Question q) =>
        q.Engine.Outcome == Outcome.Pass || q.Case.Outputs.All(o => o.Value.Tolerance is not { IsChoice: true });

    private static bool ChoseOtherwise(Question question) =>
        question.Answer is Answered answered
        && question.Case.Outputs.Any(o => o.Value.Tolerance!.IsChoice && answered.Outputs.TryGetValue(o.Key, out var made) && !made.ToDoubles().SequenceEqual(o.Value.ToDoubles()));

    private static IEnumerable<Question> Of(IAnswerer implementation, IReadOnlyList<Result> results, Golden golden)
    {
        var operation = Catalogue.Standard.Find(golden.Operation)!;
        var byId = results.Where(r => r.Kind == ResultKind.Vector).ToLookup(r => r.Id);
        return
            from one in golden.Cases
            let inputs = one.Inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(implementation.Description.DType))
            select new Question(implementation.Description.Name, one, implementation.Description.DType, implementation.Ask(operation, inputs), byId[one.Id].Single());
    }
}
