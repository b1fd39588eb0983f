using System.Text;
using System.Text.RegularExpressions;
using LatentConformance.Contract;
using LatentConformance.Tests.Cli;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.House;

/// <summary>What the README shows is what happens. LATENT_ACCEPT=1 writes it anew.</summary>
public partial class ReadmeTests
{
    private static readonly string Plugin = Path.Combine(AppContext.BaseDirectory, "LatentConformance.Tests.dll");

    [Test]
    public void Readme_Verify_ShowsTheRealOutput() =>
        Holds("output: verify", Console("dotnet run --project cli -- verify", TableCut().Replace(LatentProcess.Verify.Out, "$1  …\n$2")));

    [Test]
    public void Readme_AWrongImplementation_ShowsTheRealOutput()
    {
        var output = LatentProcess.Run("verify", $"{Plugin}:HalfMissingKl", "--filter", "kl_standard/mixed-signs").Out;
        Holds("output: wrong", Console("latent verify My.dll:HalfMissingKl --filter kl_standard/mixed-signs", output.Replace(Plugin, "My.dll", StringComparison.Ordinal)));
    }

    [Test]
    public void Readme_Python_ShowsTheRealOutput()
    {
        _ = Python.Program;
        var folder = Directory.CreateTempSubdirectory("latent-").FullName;
        string[][] commands = [["init", "python", "mine"], ["verify", "--", "python3", "mine/my_vae.py"]];
        Holds("output: python", $"```console\n{string.Concat(commands.Select(c => $"$ latent {string.Join(' ', c)}\n{LatentProcess.RunIn(folder, c).Out}"))}```\n");
    }

    [Test]
    public void Readme_Claim_IsTheOneOfTheSpec()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "spec", "kl.md"));
        Holds("claim: kl.total", Regex.Match(page, "```claim\nid: kl\\.total\n.*?\n```\n", RegexOptions.Singleline).Value);
    }

    [Test]
    public void Readme_Operations_AreTheCatalogue()
    {
        var table = new StringBuilder("| family | operations |\n| --- | --- |\n");
        foreach (var family in Catalogue.Standard.Operations.Where(o => o.Forward is null).GroupBy(o => o.Family).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            table.Append($"| {family.Key} | {string.Join(", ", family.Select(o => $"`{o.Name}`"))} |\n");
        }

        Holds("operations", table.ToString());
    }

    /// <summary>A table's first four rows, the many between, and its last two.</summary>
    [GeneratedRegex(@"((?<=\n\n  operation.*\n)(?:.+\n){4})(?:.+\n)+?((?:.+\n){2}\n)")]
    private static partial Regex TableCut();

    private static string Console(string command, string output) => Page.Console(command, output);

    private static void Holds(string marker, string text) => Page.Holds("README.md", marker, text);
}
