using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Cli;

/// <summary>A program of somebody's own, as it is typed: latent verify -- python my.py.</summary>
public class ForeignTests
{
    private static readonly string Script = Path.Combine(Checkout.Root, "tests", "Wire", "hostile.py");

    [Test]
    public void Smoke_AnAdapterWithManners_IsOkLineForLine()
    {
        var (exit, output, error) = LatentProcess.Run("verify", "--smoke", "--", Python.Program, Script, "none");
        Assert.That(exit, Is.Zero, output + error);
        Assert.That(output.TrimEnd().Split('\n'), Has.All.StartsWith("ok ").And.Length.GreaterThan(6), output);
    }

    [Test]
    public void Smoke_AnAdapterThatAnswersTwice_IsTold()
    {
        var (exit, output, _) = LatentProcess.Run("verify", "--smoke", "--", Python.Program, Script, "answers-twice");
        Assert.That((exit, output.Contains("FAIL", StringComparison.Ordinal)), Is.EqualTo((1, true)), output);
    }

    [Test]
    public void Replay_AFailingCase_ShowsItAndExitsOne()
    {
        var (exit, output, error) = LatentProcess.Run("replay", "kl_standard/mixed-signs", "--", Python.Program, Script, "nan");
        Assert.That((exit, output.Contains("Tensor-likes are not close!", StringComparison.Ordinal)), Is.EqualTo((1, true)), output + error);
    }

    [Test]
    public void Replay_AClaim_ShowsItsChecks()
    {
        var (exit, output, error) = LatentProcess.Run("replay", "kl.sum.map");
        Assert.That((exit, output.Contains("check:", StringComparison.Ordinal)), Is.EqualTo((0, true)), output + error);
    }

    [TestCase("did not say hello", 3, "verify", "--timeout", "0.5", "--", "/bin/sleep", "60")]
    [TestCase("cannot start 'no-such-program'", 3, "verify", "--", "no-such-program")]
    [TestCase("nothing after --", 2, "verify", "--")]
    [TestCase("expected -- and the command", 2, "verify", "--smoke", "reference")]
    [TestCase("a command to start comes after --", 2, "verify", "python", "my_vae.py")]
    [TestCase("--timeout is seconds", 2, "verify", "--timeout", "soon")]
    [TestCase("--shard is i/n", 2, "verify", "--shard", "5/2")]
    [TestCase("no case or claim 'kl_standard/mixed-sign'", 2, "replay", "kl_standard/mixed-sign")]
    [TestCase("--baseline: cannot read", 2, "verify", "--baseline", "no-such-file")]
    [TestCase("cannot read", 2, "grade", "no-such-file")]
    [TestCase("cannot read", 2, "merge", "no-such-file")]
    [TestCase("--dtype: no 'float31' (did you mean 'float32'?)", 2, "vectors", "--dtype", "float31")]
    public void WrongUse_IsOneLineThatSaysWhatIsExpected(string why, int code, params string[] arguments)
    {
        var (exit, output, error) = LatentProcess.Run(arguments);
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(code), error);
            Assert.That(error, Does.Contain(why));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(output, Is.Empty);
        });
    }
}
