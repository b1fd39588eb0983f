using LatentConformance.Tests.Cli;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>
/// The example adapters of well-known code bases, on modules that stand in for them here: under its profile such code sees no red,
/// without it the report says what to declare.
/// </summary>
public class ProfileTests
{
    private static readonly string Adapters = Path.Combine(Checkout.Root, "adapters", "python");

    [TestCase("latent_diffusion", "latent-diffusion", "kl_standard")]
    [TestCase("taming", "taming", "vq_loss")]
    [TestCase("lucidrains", "lucidrains", "vq_ema_layer")]
    [TestCase("encodec", "encodec", "rvq_quantize")]
    public void Verify_UnderItsProfile_Passes(string adapter, string profile, string operation)
    {
        var (exit, output, error) = Verify(Path.Combine(Adapters, "profiles", $"{adapter}.py"));
        Assert.That(exit, Is.Zero, output + error);
        Assert.That(output.Split('\n')[0], Does.EndWith($", profile {profile}"));
        Assert.That(output, Does.Match($@"\n  {operation} +([1-9]\d*) of \1 +([1-9]\d*) of \2 ").And.Match(@"\n[1-9]\d* passed, 0 failed, 0 errors"));
    }

    [TestCase("latent_diffusion", "kl_standard", "logvar_clamp: [-30, 20]")]
    [TestCase("taming", "vq_layer", "beta: legacy")]
    [TestCase("lucidrains", "vq_quantize", "estimator: rotation")]
    [TestCase("encodec", "commitment_loss", "reduce: mean")]
    public void Verify_WithoutIt_FailsAndIsTold(string adapter, string operation, string convention)
    {
        var (exit, output, error) = Verify(WithoutProfile(adapter), "--filter", $"{operation}*/*");
        Assert.That(exit, Is.EqualTo(1), output + error);
        Assert.That(output.Split('\n')[0], Does.Not.Contain("profile"));
        Assert.That(output, Does.Contain($"{convention}; declare it, or mend it"));
    }

    private static (int Exit, string Out, string Error) Verify(string file, params string[] options) => LatentProcess.Run(
        ["verify", .. options, "--timeout", "60", "--", "env", $"PYTHONPATH={Path.Combine(Checkout.Root, "tests", "Adapters", "stand_ins")}", Python.With("torch"), file]);

    /// <summary>A copy that declares nothing; an adapter finds latent_adapter.py one folder up.</summary>
    private static string WithoutProfile(string adapter)
    {
        var folder = Directory.CreateTempSubdirectory("latent-").FullName;
        File.Copy(Path.Combine(Adapters, "latent_adapter.py"), Path.Combine(folder, "latent_adapter.py"));
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "profiles")).FullName, $"{adapter}.py");
        var lines = File.ReadAllLines(Path.Combine(Adapters, "profiles", $"{adapter}.py"));
        Assert.That(lines[^1], Does.StartWith("run(").And.Contain(", profile="));
        lines[^1] = lines[^1][..lines[^1].IndexOf(", profile=", StringComparison.Ordinal)] + ")";
        File.WriteAllLines(file, lines);
        return file;
    }
}
