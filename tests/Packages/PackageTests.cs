using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LatentConformance.Tests.Packages;

/// <summary>Packed, taken to a project that has nothing else of ours, and used there: by NUnit, and by the tool on its assembly.</summary>
public partial class PackageTests
{
    private const string Diagnosis = "your values are ours times 2";

    private static readonly string[] Packed = ["adapters/csharp/LatentConformance", "adapters/csharp/LatentConformance.NUnit", "cli"];

    private string folder = "";

    private string Assembly => Path.Combine(folder, "bin", "Debug", "net10.0", "Mine.dll");

    [OneTimeSetUp]
    public void PackAndBuild()
    {
        folder = Directory.CreateTempSubdirectory("outside-").FullName;
        var feed = Path.Combine(folder, "feed");
        foreach (var project in Packed)
        {
            Must(Checkout.Root, "pack", project, "--no-build", "--configuration", Configuration, "--output", feed);
        }

        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(feed, "latent.*.nupkg").Single())["latent.".Length..];
        Write("nuget.config", Outside.Feed(feed, Path.Combine(folder, "packages"), Before()));
        Write("Directory.Packages.props", Outside.Versions(File.ReadAllText(Path.Combine(Checkout.Root, "Directory.Packages.props")), version));
        Write("Mine.csproj", Outside.Project);
        Write("Mine.cs", Outside.Code);
        Must(folder, "build");
        Must(folder, "tool", "install", "latent", "--tool-path", Path.Combine(folder, "tools"), "--version", version);
    }

    [OneTimeTearDown]
    public void Forget() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Fixture_OfAClassWithOneMistake_FailsThereAndSaysWhat()
    {
        var (exit, output) = Run(folder, "dotnet", Assembly, "--ansi", "off", "--output", "Detailed", "--filter", "FullyQualifiedName~MyVaeConforms");
        var ended = Ended().Matches(output).ToLookup(m => m.Groups["how"].Value, m => Operations(m.Groups["id"].Value));
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(2));
            Assert.That(ended["failed"], Has.All.Contains("kl_standard").And.Some.EqualTo("kl_standard"));
            Assert.That(ended["passed"], Has.Some.EqualTo("reparameterize").And.Some.EqualTo("vq_assign"));
            Assert.That(output, Does.Contain(Diagnosis));
        });
    }

    [Test]
    public void Tool_OnThatAssembly_FailsTheSameOperation()
    {
        var (exit, output) = Run(folder, Path.Combine(folder, "tools", "latent"), "verify", Assembly);
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(1), output);
            Assert.That(output, Does.Contain(Diagnosis));
        });
    }

    [Test]
    public void Fixture_WithABaseline_TakesWhatIsKnown()
    {
        Run(folder, Path.Combine(folder, "tools", "latent"), "verify", Assembly, "--write-baseline", Path.Combine(Path.GetDirectoryName(Assembly)!, "known.txt"));
        var (exit, output) = Run(folder, "dotnet", Assembly, "--filter", "FullyQualifiedName~WhatIsKnownIsNotNews");
        Assert.That(exit, Is.Zero, output);
    }

    [GeneratedRegex(@"^(?<how>passed|failed) (Vector|Claim)\([^,]+, (?<id>[^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Ended();

    private static string Operations(string id) =>
        id.Contains('/', StringComparison.Ordinal) ? id[..id.IndexOf('/', StringComparison.Ordinal)] : string.Join(", ", Checkout.Book.Claims.Single(c => c.Id == id).Operations);

    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\'));

    /// <summary>Where packages lie that were restored for this checkout.</summary>
    private static string Before() =>
        Run(Checkout.Root, "dotnet", "nuget", "locals", "global-packages", "--list").Out.Split(": ", 2)[1].Trim();

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);

    private static void Must(string where, params string[] arguments)
    {
        var (exit, output) = Run(where, "dotnet", arguments);
        Assert.That(exit, Is.Zero, $"dotnet {string.Join(' ', arguments)}\n{output}");
    }

    private static (int Exit, string Out) Run(string where, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = where, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
