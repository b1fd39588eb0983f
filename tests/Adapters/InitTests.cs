using LatentConformance.Tests.Cli;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>From nothing to a verdict: what a first-time user types.</summary>
public class InitTests
{
    private static readonly string[] Files = ["latent_adapter.py", "my_vae.py"];

    [Test]
    public void Init_Python_WritesAnExampleThatPassesAtOnce()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("latent-").FullName, "mine");
        var (exit, output, error) = LatentProcess.Run("init", "python", folder);
        Assert.That((exit, error), Is.EqualTo((0, "")));
        Assert.That(output.TrimEnd().Split('\n')[^1], Does.StartWith("next: latent verify -- python").And.EndsWith("my_vae.py"));
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(Files));

        var verdict = LatentProcess.Run("verify", "--", Python.Program, Path.Combine(folder, "my_vae.py"));
        Assert.That(verdict.Exit, Is.Zero, verdict.Out + verdict.Error);
        Assert.That(verdict.Out, Does.Match("kl_standard +([0-9]+) of \\1 +([0-9]+) of \\2 "));

        var again = LatentProcess.Run("init", "python", folder);
        Assert.That(again, Is.EqualTo((2, "", $"latent: {Path.Combine(folder, "latent_adapter.py")} is there already and stays as it is; name another folder\n")));
    }

    [Test]
    public void Init_AnUnknownLanguage_IsToldTheKnownOnes() =>
        Assert.That(LatentProcess.Run("init", "pyton", "x"), Is.EqualTo((2, "", "latent: latent init has no 'pyton' (did you mean 'python'?); there is python, node\n")));
}
