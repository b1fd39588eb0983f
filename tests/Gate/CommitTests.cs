using System.Diagnostics;
using LatentConformance.Tests.Cli;
using NUnit.Framework;

namespace LatentConformance.Tests.Gate;

/// <summary>Somebody's repository with two commits: one whose kernels are right, and one before it that does not build.</summary>
public class CommitTests
{
    private string folder = "";

    private string Candidate => Path.Combine(folder, "new", "Mine.dll");

    [OneTimeSetUp]
    public void Commit()
    {
        folder = Directory.CreateTempSubdirectory("somebodys-").FullName;
        File.WriteAllText(Path.Combine(folder, "Mine.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="Kl.cs" />
                <Reference Include="LatentConformance.Contract" HintPath="{Path.Combine(AppContext.BaseDirectory, "LatentConformance.Contract.dll")}" />
              </ItemGroup>
            </Project>
            """);
        Git("init", "--quiet");
        Commit("using System; public static class Kl { public static int Forward() => nowhere; }");
        Commit("""
            using System;

            public static class Kl
            {
                [LatentConformance.Contract.Kernel("kl_standard")]
                public static void Forward(ReadOnlySpan<float> mu, ReadOnlySpan<float> logvar, Span<float> kl, int D)
                {
                    for (var i = 0; i < mu.Length; i++)
                    {
                        kl[i / D] = (i % D == 0 ? 0 : kl[i / D]) + (((mu[i] * mu[i]) + MathF.Exp(logvar[i]) - 1 - logvar[i]) / 2);
                    }
                }
            }
            """);
        Must("dotnet", "build", "-c", "Release", "-o", "new");
    }

    [OneTimeTearDown]
    public void Forget() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Gate_AgainstTheSameCommit_FindsItRightAndLeavesNoTrace()
    {
        var (exit, output, error) = LatentProcess.RunIn(folder, "gate", "--candidate", Candidate, "--baseline-commit", "HEAD", "--project", "Mine.csproj", "--op", "kl_standard", "--slowdown", "3", "--budget", "30s");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero, output + error);
            Assert.That(output, Does.Contain("kl_standard").And.Contain("HEAD"));
            Assert.That(Must("git", "worktree", "list").Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void Gate_AgainstACommitThatDoesNotBuild_SaysSoInALine()
    {
        var (exit, output, error) = LatentProcess.RunIn(folder, "gate", "--candidate", Candidate, "--baseline-commit", "HEAD~1", "--project", "Mine.csproj", "--op", "kl_standard");
        Assert.Multiple(() =>
        {
            Assert.That((exit, output), Is.EqualTo((3, "")));
            Assert.That(error.Trim(), Does.Contain("HEAD~1 does not build: Kl.cs(1,").And.Contain("nowhere").And.Not.Contain("\n"));
        });
    }

    private void Commit(string code)
    {
        File.WriteAllText(Path.Combine(folder, "Kl.cs"), code);
        Git("add", "Kl.cs", "Mine.csproj");
        Git("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "commit", "--quiet", "-m", "kernels");
    }

    private void Git(params string[] arguments) => Must("git", arguments);

    private string Must(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}");
        return output;
    }
}
