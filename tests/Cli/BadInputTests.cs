using NUnit.Framework;

namespace LatentConformance.Tests.Cli;

/// <summary>What a person gets wrong is answered by one line on stderr, exit 2, and never a trace.</summary>
public class BadInputTests
{
    [TestCase("no command given")]
    [TestCase("has no command 'verfy' (did you mean 'verify'?)", "verfy")]
    [TestCase("has no option '--formt' (did you mean '--format'?)", "verify", "--formt", "json")]
    [TestCase("latent goldens check has no option '--golden' (did you mean '--goldens'?)", "goldens", "check", "--golden", "x")]
    [TestCase("no format 'jsn' (did you mean 'json'?)", "verify", "--format", "jsn")]
    [TestCase("no operation 'kl_standrad' (did you mean 'kl_standard'?)", "verify", "--op", "kl_standrad")]
    [TestCase("no document 'beginner-path' (did you mean 'beginners-path'?)", "verify", "--source", "beginner-path")]
    [TestCase("no implementation 'refrence' (did you mean 'reference'?)", "verify", "refrence")]
    [TestCase("cannot load Nowhere.dll", "verify", "Nowhere.dll")]
    [TestCase("--device is torch's; 'simd' has one device", "verify", "simd", "--device", "cuda")]
    [TestCase("--dtype is torch's; what a process computes in", "verify", "--dtype", "float64", "--", "python3", "my_vae.py")]
    [TestCase("no precision 'int8'; expected float64, float32", "verify", "torch", "--dtype", "int8")]
    [TestCase("torch has no kernels over spans", "gate", "--candidate", "torch", "--baseline", "reference")]
    [TestCase("--seed is a whole number", "verify", "--seed", "-1")]
    [TestCase("--seed is a whole number", "verify", "--seed", "many")]
    [TestCase("nothing matches", "verify", "--filter", "zzzz")]
    [TestCase("cannot write", "verify", "--output", "/nowhere/at/all/x.json")]
    [TestCase("no folder 'nowhere'", "verify", "--spec", "nowhere")]
    [TestCase("no claim matches", "claims", "--filter", "zzzz")]
    [TestCase("leave out --filter", "claims", "--coverage", "--filter", "kl*")]
    [TestCase("leave out --format json", "claims", "--errata", "--format", "json")]
    [TestCase("ask for one", "claims", "--errata", "--coverage")]
    [TestCase("no mistake is known in 'kl_standrad'", "teeth", "--op", "kl_standrad")]
    [TestCase("no claim, vector or operation 'kl_standar' (did you mean 'kl_standard'?)", "explain", "kl_standar")]
    [TestCase("explain", "explain")]
    [TestCase("expected one of --baseline My.dll and --baseline-commit REV", "gate", "--candidate", "reference")]
    [TestCase("no operation 'kl_standrad' (did you mean 'kl_standard'?)", "gate", "--candidate", "reference", "--baseline", "reference", "--op", "kl_standrad")]
    [TestCase("no kernel set 'refrence' (did you mean 'reference'?)", "gate", "--candidate", "reference", "--baseline", "refrence")]
    [TestCase("no file 'Nowhere.dll'", "gate", "--candidate", "Nowhere.dll", "--baseline", "reference")]
    [TestCase("--slowdown is a factor from 1.02 to 10", "gate", "--candidate", "reference", "--baseline", "reference", "--slowdown", "10%")]
    [TestCase("--budget is a time up to a day", "gate", "--candidate", "reference", "--baseline", "reference", "--budget", "soon")]
    [TestCase("no commit 'nowhere'", "gate", "--candidate", "reference", "--baseline-commit", "nowhere")]
    [TestCase("'extra' is one implementation too many", "verify", "reference", "extra")]
    public void Command_Wrong_SaysSoInOneLine(string message, params string[] arguments) => RefusedWith(LatentProcess.Run(arguments), message);

    /// <summary>Nothing is wrong with the command: this machine lacks what it takes, and the line says what brings it.</summary>
    [TestCase("verify", "torch")]
    [TestCase("verify", "torch", "--device", "cuda", "--dtype", "tf32")]
    public void Torch_InABuildWithoutIt_NamesTheProperty(params string[] arguments)
    {
        if (LatentConformance.Torch.TorchLeg.IsBuilt)
        {
            Assert.Ignore("this build has it");
        }

        var (exit, _, error) = LatentProcess.Run(arguments);
        Assert.That((exit, error.TrimEnd().Split('\n').Length), Is.EqualTo((3, 1)), error);
        Assert.That(error, Does.Contain("-p:Torch=cpu or -p:Torch=cuda"));
    }

    [TestCase("check: kl_standard(mu: [1], logvar: [0]) = ", "spec/spoilt.md:5:", "expected a number")]
    [TestCase("check: kl_standrad(mu: [1], logvar: [0]) = 1", "spec/spoilt.md:5:8", "did you mean 'kl_standard'?")]
    [TestCase("check: kl_standard(mu: [1], logvr: [0]) = 1", "spec/spoilt.md:5:29", "did you mean 'logvar'?")]
    [TestCase("check: kl_standard(mu: [1, 2], logvar: [0, 0, 0]) = 1", "spec/spoilt.md:5:40", "expected [B, D] with B = 1, D = 2")]
    [TestCase("check: vq_assign(z: [1], codebook: [1]).idx == 0", "spec/spoilt.md:5:40", "no output 'idx'")]
    [TestCase("chek: 1 = 1", "spec/spoilt.md:5:1", "did you mean 'check'?")]
    public void Verify_AMalformedClaim_SaysWhere(string line, string where, string message)
    {
        var folder = LatentProcess.CopyOfTheSpec();
        File.WriteAllText(Path.Combine(folder, "spec", "spoilt.md"), $"```claim\nid: spoilt\nsource: from-scratch\nsays: spoilt\n{line}\n```\n");
        RefusedWith(LatentProcess.RunIn(folder, "verify", "--spec", "spec", "--goldens", "goldens", "--filter", "spoilt"), where, message);
    }

    [Test]
    public void Verify_AFalsifiedClaim_ExitsOneAndNamesIt()
    {
        var folder = LatentProcess.CopyOfTheSpec();
        File.WriteAllText(
            Path.Combine(folder, "spec", "false.md"),
            "```claim\nid: false.one\nsource: from-scratch\nsays: wrong\ncheck: kl_standard(mu: [3], logvar: [log(0.04)]) = 5.64\n```\n");
        var (exit, output, error) = LatentProcess.RunIn(folder, "verify", "--spec", "spec", "--goldens", "goldens", "--op", "kl_standard");
        Assert.Multiple(() =>
        {
            Assert.That((exit, error), Is.EqualTo((1, "")));
            Assert.That(output, Does.Contain("FAIL false.one (from-scratch)").And.Contain("5.62943791").And.Contain("replay: latent replay false.one --seed 1 reference"));
        });
    }

    [Test]
    public void Verify_AGoldenThatIsMissing_SaysWhich() => Spoilt(
        path => File.Delete(path), "goldens/l1.verified.json: missing", "latent goldens accept");

    [Test]
    public void Verify_AGoldenEditedByHand_SaysSo() => Spoilt(
        path => File.WriteAllText(path, File.ReadAllText(path).Replace("\"shape\": [5", "\"shape\": [6", StringComparison.Ordinal)), "goldens/l1.verified.json", "edited by hand");

    [Test]
    public void Verify_AGoldenThatIsNotJson_SaysWhere() => Spoilt(
        path => File.WriteAllText(path, "{\n  \"golden\": 1,\n  oops"), "goldens/l1.verified.json:3:", "not JSON");

    [Test]
    public void Verify_AGoldenOfNoOperation_IsRefused() => Spoilt(
        path => File.Copy(path, path.Replace("l1.", "l7.", StringComparison.Ordinal)), "no operation 'l7'", "expected a golden for each operation");

    [Test]
    [Platform(Include = "Linux", Reason = "a device that is always full")]
    public void Verify_AFullDisk_SaysSoAndExitsTwo()
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "latent.dll");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"dotnet '{dll}' ops > /dev/full"])
        {
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        RefusedWith((process.ExitCode, "", error), "cannot write to standard output");
    }

    private static void Spoilt(Action<string> spoil, params string[] messages)
    {
        var folder = LatentProcess.CopyOfTheSpec();
        spoil(Path.Combine(folder, "goldens", "l1.verified.json"));
        RefusedWith(LatentProcess.RunIn(folder, "verify", "--spec", "spec", "--goldens", "goldens"), messages);
    }

    private static void RefusedWith((int Exit, string Out, string Error) result, params string[] messages) => Assert.Multiple(() =>
    {
        Assert.That(result.Exit, Is.EqualTo(2), result.Error);
        Assert.That(result.Out, Is.Empty);
        Assert.That(result.Error.TrimEnd('\n'), Does.StartWith("latent: ").And.Not.Contain("\n"));
        foreach (var message in messages)
        {
            Assert.That(result.Error, Does.Contain(message));
        }
    });
}
