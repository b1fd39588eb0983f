using System.Text;
using LatentConformance.Conformance;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Spec;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth;
using NUnit.Framework;

namespace LatentConformance.Tests.Wire;

/// <summary>Questions written down, answered elsewhere, graded here: the verdicts are those of a live run.</summary>
public class WrittenTests
{
    private const string Hello = """{"protocol": 1, "name": "elsewhere", "dtype": "float64"}""";
    private static readonly Grounds Grounds = Checkout.Grounds(SpecBook.Read([], Catalogue.Standard));

    [Test]
    public void Grade_TheReferencesAnswers_HoldAsTheyDoLive()
    {
        var graded = Grade([Hello, .. Answers()]);
        var live = Ground.Verify(Checkout.Reference).Where(r => r.Kind == ResultKind.Vector);
        Assert.That(
            graded.Select(r => (r.Id, r.Outcome, r.Strict)),
            Is.EqualTo(live.Select(r => (r.Id, r.Outcome, r.Strict))));
    }

    [Test]
    public void Grade_AWrongAnswerAMissingOneAndATwiceGivenOne_AreTold()
    {
        var answers = Answers().ToList();
        var single = answers.FindIndex(a => a.Contains("\"kl_standard/single\"", StringComparison.Ordinal));
        answers[single] = """{"id": "kl_standard/single", "outputs": {"kl": [7]}}""";
        answers.Add(answers[single]);
        answers.RemoveAll(a => a.Contains("\"kl_standard/wide\"", StringComparison.Ordinal));
        var graded = Grade([Hello.Replace("}", ", \"operations\": [\"kl_standard\"]}", StringComparison.Ordinal), .. answers]);
        Assert.Multiple(() =>
        {
            Assert.That(graded.Single(r => r.Id == "kl_standard/single").Outcome, Is.EqualTo(Outcome.Fail));
            Assert.That(graded.Single(r => r.Id == "kl_standard/wide").Message, Is.EqualTo("no answer to kl_standard/wide in the file"));
            Assert.That(graded.Single(r => r.Id == "kl_standard/one-answer").Message, Does.Contain("answered kl_standard/single twice"));
            Assert.That(graded.Where(r => r.Outcome == Outcome.Fail).Select(r => r.Id), Is.EqualTo(new[] { "kl_standard/single" }));
        });
    }

    [TestCase("", "has no hello")]
    [TestCase("{}", "has no hello")]
    [TestCase("""{"protocol": 1, "dtype": "int8"}""", "dtype 'int8'")]
    [TestCase(Hello + "\nnonsense", "answers.jsonl:2:1: is no answer: nonsense")]
    [TestCase(Hello + "\n{\"id\": 7}", "is no answer")]
    public void Grade_AFileThatIsNone_IsRefused(string text, string why) =>
        Assert.That(() => Written.Read(text.Split('\n'), "answers.jsonl", Grounds), Throws.TypeOf<SpecError>().With.Message.Contains(why));

    private static IReadOnlyList<Result> Grade(IEnumerable<string> lines) =>
        new Verification(Grounds).Run(Written.Read(lines, "answers.jsonl", Grounds), new Selection(), seed: 1).Results;

    /// <summary>The reference's answers as somebody else would write them down.</summary>
    private static IEnumerable<string> Answers()
    {
        foreach (var (id, operation, line) in Questions.All(Grounds, new Description("", "", DType.Float64), new Selection()))
        {
            var one = Grounds.Goldens[operation.Name].Cases.First(c => c.Id == id);
            yield return Checkout.Reference.Ask(operation, one.Inputs) is Answered right
                ? $"{{\"id\": \"{id}\", \"outputs\": {{{string.Join(", ", right.Outputs.Select(o => $"\"{o.Key}\": {Value(o.Value)}"))}}}}}"
                : $"{{\"id\": \"{id}\", \"error\": \"refused\"}}";
        }
    }

    private static string Value(Tensor tensor)
    {
        var numbers = tensor.ToDoubles().Select(v => double.IsFinite(v) ? v.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : double.IsNaN(v) ? "\"NaN\"" : v > 0 ? "\"inf\"" : "\"-inf\"");
        return new StringBuilder().Append("{\"shape\": ").Append(Tensor.Show(tensor.Shape)).Append(", \"data\": [").AppendJoin(", ", numbers).Append("]}").ToString();
    }
}
