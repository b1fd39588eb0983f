using System.Text.Json;
using LatentConformance.Contract;
using LatentConformance.Tests.Cli;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>latent_judge.py as its user runs it, on functions right and wrong: as a script and under pytest.</summary>
public sealed class JudgeTests
{
    private static readonly string Judge = Path.Combine(PythonJudge.Folder, "latent_judge.py");
    private static readonly string Judged = Path.Combine(Checkout.Root, "tests", "Adapters", "judged.py");

    private const string Outcomes =
        """
        import sys, latent_judge as judge
        goldens = judge.read_goldens(judge.find_goldens(None, sys.argv[1]))
        for v in judge.verdicts_on(judge.Implementation(sys.argv[1], goldens), list(goldens.values())):
            print(v.id, v.outcome)
        """;

    private string folder = "";

    [SetUp]
    public void MakeAFolder() => folder = Directory.CreateTempSubdirectory("latent-").FullName;

    [TearDown]
    public void DeleteIt() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Judge_OfRealFunctions_SaysWhatLatentVerifySays()
    {
        var engine = OutcomesOf(LatentProcess.RunIn(folder, "verify", "--format", "json", "--", Python.Program, Beside("latent_adapter.py", Judged)).Out);
        var python = PythonJudge.Run(["-c", Outcomes, Judged]).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' ')).ToDictionary(l => l[0], l => l[1]);

        // A declared convention takes the reference; Python says so, and the engine goes on.
        var declared = python.Where(v => v.Value == "skipped" && engine[v.Key] == "pass").Select(v => v.Key.Split('/')[0]).Distinct();
        Assert.Multiple(() =>
        {
            Assert.That(declared, Is.EqualTo(new[] { "squared_error_sum" }));
            Assert.That(
                python.Where(v => !v.Key.StartsWith("squared_error_sum/", StringComparison.Ordinal)),
                Is.EquivalentTo(engine.Where(v => !v.Key.StartsWith("squared_error_sum/", StringComparison.Ordinal))));
            Assert.That(python.Values.Distinct(), Is.SupersetOf(new[] { "pass", "fail", "error", "unsupported", "skipped" }));
        });
    }

    [TestCase("--op kl_standard", 0, "", "13 passed, 0 failed, 0 errors, 0 unsupported, 1 skipped")]
    [TestCase("--op reparameterize -k */mixed*", 1, "First at index (0, 0): got ", "1 passed, 1 failed")]
    [TestCase("--op usage_counts", 1, "error: KeyError: 'nothing of that name'", "0 passed, 0 failed")]
    [TestCase("--op squared_error_sum", 0, "declares reduce: mean; goldens speak of the house's convention", " skipped")]
    [TestCase("--op vq_assign", 0, "vq_assign ", " passed, 0 failed")]
    public void Script_OfAnOperation_SaysWhatIsWrongAndExits(string arguments, int exit, string said, string last)
    {
        var run = PythonJudge.Run([Judge, Judged, .. arguments.Split(' ')]);
        Assert.Multiple(() =>
        {
            Assert.That(run.Exit, Is.EqualTo(exit), run.Error);
            Assert.That(run.Out, Does.Contain(said));
            Assert.That(run.Out.TrimEnd().Split('\n')[^1], Does.Contain(last));
        });
    }

    [TestCase("judged.py -k nothing-like-it", 2, "nothing matches")]
    [TestCase("absent.py", 2, "absent.py cannot be read")]
    [TestCase("judged.py --goldens .", 2, "no *.verified.json there")]
    [TestCase("raises.py", 3, "raises.py cannot be run: ZeroDivisionError")]
    [TestCase("empty.py", 3, "empty.py serves no operation")]
    [TestCase("edited.py --goldens edited", 2, "edited by hand")]
    public void Script_OfWhatCannotBeJudged_SaysSoInOneLine(string arguments, int exit, string said)
    {
        File.Copy(Judged, Path.Combine(folder, "judged.py"));
        File.WriteAllText(Path.Combine(folder, "raises.py"), "1 / 0\n");
        File.WriteAllText(Path.Combine(folder, "empty.py"), "");
        Directory.CreateDirectory(Path.Combine(folder, "edited"));
        var golden = Checkout.GoldenPath(Catalogue.Standard.Find("l1")!);
        File.WriteAllText(Path.Combine(folder, "edited", Path.GetFileName(golden)), File.ReadAllText(golden).Replace("core", "strict", StringComparison.Ordinal));
        var run = PythonJudge.Run([Judge, .. arguments.Split(' ')], folder);
        Assert.That((run.Exit, run.Error.TrimEnd().Split('\n')), Is.EqualTo((exit, run.Error.TrimEnd().Split('\n')[..1])));
        Assert.That(run.Error, Does.Contain(said));
    }

    /// <summary>What the wire's hello may hold stands in the contract and, once more, in the file that has no contract to ask.</summary>
    [Test]
    public void Judge_Conventions_AreTheContracts()
    {
        const string Program = "import json, latent_judge as j; print(json.dumps([{n: v[0] for n, v in j.CONVENTIONS.items()}, j.PROFILES]))";
        var said = JsonDocument.Parse(PythonJudge.Run(["-c", Program]).Out).RootElement;
        var profiles = Profile.Known.ToDictionary(p => p.Name, p => Conventions.Known.Keys.Where(n => p.Conventions.Value(n) != Conventions.House.Value(n)).ToDictionary(n => n, p.Conventions.Value));
        Assert.Multiple(() =>
        {
            Assert.That(
                said[0].EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetString()!),
                Is.EquivalentTo(Conventions.Known.Keys.ToDictionary(n => n, Conventions.House.Value)));
            Assert.That(
                said[1].EnumerateObject().Select(p => $"{p.Name}: {string.Join(", ", p.Value.EnumerateObject().OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => $"{c.Name} {c.Value}"))}"),
                Is.EquivalentTo(profiles.Select(p => $"{p.Key}: {string.Join(", ", p.Value.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"))}")));
        });
    }

    [Test]
    public void Script_ArgumentsAfterTwoDashes_AreTheFilesOwn()
    {
        var file = Path.Combine(folder, "mine.py");
        File.WriteAllText(file, "import sys\nfrom latent_adapter import operation, run\noperation('kl_standard')(len)\nrun(name=' '.join(sys.argv[1:]), tensors='list')\n");
        Assert.That(PythonJudge.Run([Judge, file, "--op", "l1", "--", "--depth", "3"]).Out, Does.Contain("--depth 3 0, float32"));
    }

    [Test]
    public void Pytest_OfAFile_IsOneTestACase()
    {
        var (exit, output, _) = Pytest("-q", "-rA", "--latent", Judged);
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(1));
            Assert.That(output, Does.Match("PASSED .*judged.py::kl_standard/mixed-signs"));
            Assert.That(output, Does.Match("FAILED .*judged.py::reparameterize/mixed-signs"));
            Assert.That(output, Does.Match("FAILED .*judged.py::nats_to_bits/asked-twice"));
            Assert.That(output, Does.Match("XFAIL .*judged.py::reparameterize/broadcast-noise"));
            Assert.That(output, Does.Contain("SKIPPED").And.Contain("declares reduce: mean"));
            Assert.That(output, Does.Not.Contain("gumbel"));
        });
    }

    [Test]
    public void Pytest_AFailingCase_PrintsASnippetThatRunsByItself()
    {
        var (_, output, _) = Pytest("-q", "--latent", Judged, $"{Judged}::reparameterize/mixed-signs");
        var lines = output.Split('\n').SkipWhile(l => !l.StartsWith("# reparameterize/mixed-signs", StringComparison.Ordinal)).TakeWhile(l => !l.StartsWith("===", StringComparison.Ordinal));
        var snippet = Path.Combine(folder, "snippet.py");
        File.WriteAllLines(snippet, lines);
        var (exit, said, error) = PythonJudge.Run([snippet], folder);
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("Mismatched elements: ").And.Contain("1 failed"));
            Assert.That(exit, Is.Zero, error);
            Assert.That(said.Split('\n').Select(l => l.Split(' ')[0]), Is.EqualTo(new[] { "got", "expected", "within", "" }));
            Assert.That(said.Split('\n')[0], Is.Not.EqualTo(said.Split('\n')[1].Replace("expected", "got     ", StringComparison.Ordinal)));
        });
    }

    [Test]
    public void Pytest_AnExceptionOfTheFunction_IsShownWhereItWasRaised()
    {
        var (_, output, _) = Pytest("-q", "--latent", Judged, "-k", "usage_counts/busy");
        Assert.That(output, Does.Contain("return {}[\"nothing of that name\"]").And.Contain("KeyError").And.Not.Contain("def answer("));
    }

    private (int Exit, string Out, string Error) Pytest(params string[] arguments)
    {
        if (PythonJudge.Run(["-c", "import pytest"]).Exit != 0)
        {
            Assert.Ignore("pytest is not on this machine");
        }

        return PythonJudge.Run(["-m", "pytest", "-p", "latent_judge", "-p", "no:cacheprovider", .. arguments], folder);
    }

    /// <summary>The author's file with the adapter where it finds it.</summary>
    private string Beside(string adapter, string file)
    {
        File.Copy(Path.Combine(PythonJudge.Folder, adapter), Path.Combine(folder, adapter));
        var path = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, path);
        return path;
    }

    private static Dictionary<string, string> OutcomesOf(string report) =>
        JsonDocument.Parse(report).RootElement.GetProperty("results").EnumerateArray()
            .Where(r => r.GetProperty("kind").GetString() is not "claim")
            .ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("outcome").GetString()!);
}
