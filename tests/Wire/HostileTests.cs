using System.Diagnostics;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth;
using NUnit.Framework;

namespace LatentConformance.Tests.Wire;

/// <summary>
/// Implementations that misbehave in one operation: that operation gets the right outcome, the other all its verdicts,
/// the run ends in time and nothing that was started is left.
/// </summary>
[Parallelizable(ParallelScope.All)]
public class HostileTests
{
    private const string Bad = "kl_standard";
    private const string Good = "reparameterize";

    /// <summary>Longer than any honest answer takes here, on a busy machine too.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static readonly string Script = Path.Combine(Checkout.Root, "tests", "Wire", "hostile.py");

    [TestCase("banner")]
    [TestCase("floods-stderr")]
    public void Verify_WhatIsOnlyNoise_Passes(string manner)
    {
        var results = Verify(manner);
        Assert.That(results.Where(r => !r.Strict && r.IsBad()).Select(r => $"{r.Id}: {r.Message}"), Is.Empty);
    }

    [TestCase("hangs", "no answer within 3 s")]
    [TestCase("dies", "exit code 3; its last words on stderr: Segmentation fault (not really)")]
    [TestCase("answers-the-next", "was asked")]
    [TestCase("wrong-id", "answered id \"seven\"")]
    [TestCase("no-id", "without an id")]
    [TestCase("half-a-line", "in the middle of a line")]
    [TestCase("no-json", "not JSON: Epoch 1: loss 0.25")]
    [TestCase("no-object", "without an id")]
    [TestCase("garbage", "without a line's end")]
    [TestCase("drips", "no answer within 3 s")]
    [TestCase("closes-stdout", "ended")]
    [TestCase("deep", "not JSON")]
    [TestCase("empty", "none of outputs")]
    [TestCase("liar", "offers kl_standard, and it answers unsupported")]
    [TestCase("raises", "error: ?[31mred? alert !!!")]
    [TestCase("no-such-size", "more elements than can be sent")]
    [TestCase("negative-size", "whole numbers from 0")]
    [TestCase("wrong-dtype", "kl is int64, expected float64")]
    [TestCase("unknown-dtype", "'complex128'")]
    [TestCase("wrong-base64", "bytes where")]
    [TestCase("strings", "expected a number|does not fill", true)]
    [TestCase("huge-exponents", "does not fill|no float64 holds", true)]
    [TestCase("ragged", "ragged")]
    [TestCase("other-name", "no output 'kld' (did you mean 'kl'?)")]
    public void Verify_ABrokenAnswer_IsAnErrorOfThatOperation(string manner, string why, bool pattern = false)
    {
        var results = Verify(manner);
        var core = Of(results, Bad).Where(r => !r.Strict).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(core.Select(r => r.Outcome), Has.All.EqualTo(Outcome.Error));
            Assert.That(core.Select(r => r.Message), Has.All.Match(pattern ? why : System.Text.RegularExpressions.Regex.Escape(why)));
            Assert.That(core.SelectMany(r => r.Message!), Has.None.Matches<char>(char.IsControl));
            TheOtherIsJudged(results);
        });
    }

    [TestCase("wrong-shape", "has shape [1, ")]
    [TestCase("nan", "is NaN")]
    [TestCase("remembers", "kl")]
    public void Verify_AWrongAnswer_FailsThatOperation(string manner, string why)
    {
        var results = Verify(manner);
        var failed = Of(results, Bad).Where(r => r.Outcome == Outcome.Fail).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(failed.Select(r => r.Message), Has.Some.Contains(why));
            Assert.That(failed, Has.Length.GreaterThan(5));
            TheOtherIsJudged(results);
        });
    }

    [Test]
    public void Verify_TwoAnswersToOneQuestion_IsAnErrorOfThatOperation()
    {
        var results = Verify("answers-twice");
        Assert.Multiple(() =>
        {
            Assert.That(results.Single(r => r.Id == $"{Bad}/one-answer").Outcome, Is.EqualTo(Outcome.Error));
            Assert.That(results.Where(r => r.Id == $"{Good}/one-answer"), Is.Empty);
            TheOtherIsJudged(results);
        });
    }

    [Test]
    [Platform("Linux")]
    public void Verify_AChildThatLeftTheTree_IsEndedWithIt()
    {
        var results = Verify("leaves-a-child");
        TheOtherIsJudged(results);
        Assert.That(Sleepers, Is.Empty.After(2000, 50));
    }

    [TestCase("silent-hello", "no answer within")]
    [TestCase("no-hello", "ImportError: no module named torch")]
    [TestCase("later-protocol", "protocol 2; this is protocol 1")]
    public void Start_NoHello_CannotRun(string manner, string why) =>
        Assert.That(() => Start(manner, TimeSpan.FromSeconds(0.3)), Throws.TypeOf<CannotRunException>().With.Message.Contains(why));

    [Test]
    public void Start_ANameThatDrivesATerminal_IsMadePlain()
    {
        using var foreign = Start("escapes", Timeout);
        Assert.That(foreign.Description.Name, Is.EqualTo("?]0;owned?evil  latent: 100 passed"));
    }

    [Test]
    public void Ask_AnImplementationThatReadsNothing_EndsInTime()
    {
        using var foreign = Foreign.Start(
            [Python.Program, "-c", "import json,time\nprint(json.dumps({'protocol':1,'dtype':'float32'}),flush=True)\ntime.sleep(600)"],
            Timeout,
            Catalogue.Standard,
            "0.1");
        var watch = Stopwatch.StartNew();
        var wide = new Tensor([1024, 1024], new float[1 << 20]);
        var answer = foreign.Ask(Catalogue.Standard.Find(Bad)!, new Dictionary<string, Tensor> { ["mu"] = wide, ["logvar"] = wide });
        Assert.Multiple(() =>
        {
            Assert.That((answer as Broken)?.Message, Does.Contain("no answer within"));
            Assert.That(watch.Elapsed, Is.LessThan(5 * Timeout));
        });
    }

    private static IReadOnlyList<Result> Verify(string manner)
    {
        using var foreign = Start(manner, Timeout);
        var watch = Stopwatch.StartNew();
        var results = Ground.Verify(foreign, Bad, Good);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
        return results;
    }

    private static Foreign Start(string manner, TimeSpan timeout) =>
        Foreign.Start([Python.Program, Script, manner], timeout, Catalogue.Standard, "0.1");

    private static IEnumerable<Result> Of(IReadOnlyList<Result> results, string operation) =>
        results.Where(r => r.Operation == operation && r.Kind == ResultKind.Vector);

    private static void TheOtherIsJudged(IReadOnlyList<Result> results)
    {
        var core = Of(results, Good).Where(r => !r.Strict).ToArray();
        Assert.That(core, Has.Length.GreaterThan(5));
        Assert.That(core.Select(r => (r.Outcome, r.Message)), Has.All.EqualTo((Outcome.Pass, (string?)null)));
    }

    private static string[] Sleepers() => [.. Directory.GetDirectories("/proc")
        .Select(d => Path.Combine(d, "cmdline"))
        .Where(File.Exists)
        .Where(f => Read(f).Contains("617.25", StringComparison.Ordinal))];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
