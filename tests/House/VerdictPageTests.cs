using LatentConformance.Tests.Cli;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>What docs/verdict.md shows is what happens.</summary>
public class VerdictPageTests
{
    private static readonly string Plugin = Path.Combine(AppContext.BaseDirectory, "LatentConformance.Tests.dll");

    [TestCase(nameof(HalfMissingKl), "kl_standard", "mixed-signs")]
    [TestCase(nameof(MeansForSums), "vae_loss", "mixed-signs")]
    public void Verdict_AFailingCase_ShowsTheRealOutput(string implementation, string operation, string one)
    {
        var lines = LatentProcess.Run("verify", $"{Plugin}:{implementation}", "--op", operation, "--all").Out.Split('\n');
        var first = Array.FindIndex(lines, l => l.EndsWith($"{operation}/{one}", StringComparison.Ordinal));

        Page.Holds("docs/verdict.md", $"output: {implementation}", Page.Console(
            $"latent verify My.dll:{implementation} --op {operation} --all | grep -A 1 'FAIL {operation}/{one}'",
            $"{lines[first]}\n{lines[first + 1]}\n"));
    }
}
