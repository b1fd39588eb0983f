using System.Text.Json;
using System.Xml.Linq;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Cli;

/// <summary>What each command prints and how it ends when it is used as meant.</summary>
public class CommandTests
{
    [Test]
    public void Verify_Text_EndsWithTheCountsAndExitsZero()
    {
        var (exit, output, error) = LatentProcess.Verify;
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero, error);
            Assert.That(output.TrimEnd().Split('\n')[^1], Does.Match("^[0-9]+ passed, 0 failed, 0 errors, 0 unsupported, 0 skipped$").Or.Match("^[0-9]+ passed, 0 failed, 0 errors, 0 unsupported, [0-9]+ skipped$"));
            Assert.That(output, Does.Not.Contain("\u001b"));
            Assert.That(error, Is.Empty);
        });
    }

    [Test]
    public void Verify_Json_HasTheShapeThatIsPromised()
    {
        var (exit, output, _) = LatentProcess.Run("verify", "--format", "json", "--seed", "0x5EED", "--filter", "vq*");
        var root = JsonDocument.Parse(output).RootElement;
        var results = root.GetProperty("results").EnumerateArray().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(root.GetProperty("tool").GetString(), Does.StartWith("latent "));
            Assert.That(root.GetProperty("seed").GetInt64(), Is.EqualTo(0x5EED));
            Assert.That(root.GetProperty("implementation").EnumerateObject().Select(p => p.Name), Is.SupersetOf(new[] { "name", "dtype", "device" }));
            Assert.That(root.GetProperty("summary").EnumerateObject().Select(p => p.Name), Is.SupersetOf(new[] { "passed", "failed", "errors", "unsupported", "skipped", "comparisons" }));
            Assert.That(results[0].EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "id", "kind", "level", "operation", "source", "outcome", "message", "margin" }));
            Assert.That(results.Count(r => r.GetProperty("outcome").GetString() == "pass" && r.GetProperty("level").GetString() == "core"), Is.EqualTo(root.GetProperty("summary").GetProperty("passed").GetInt32()));
            Assert.That(results.Select(r => r.GetProperty("id").GetString()), Is.Unique);
        });
    }

    [Test]
    public void Verify_TheSameSeedTwice_GivesTheSameBytes()
    {
        string[] arguments = ["verify", "--format", "json", "--seed", "7", "--filter", "vq*"];
        var first = LatentProcess.Run(arguments).Out;
        Assert.That(LatentProcess.Run(arguments).Out, Is.EqualTo(first));
    }

    [Test]
    public void Verify_Junit_IsXmlWithACaseAResult()
    {
        var (exit, output, _) = LatentProcess.Run("verify", "--format", "junit", "--op", "kl_standard");
        var suites = XDocument.Parse(output).Root!;
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(suites.Name.LocalName, Is.EqualTo("testsuites"));
            Assert.That(suites.Descendants("testcase").Count(), Is.EqualTo((int)suites.Attribute("tests")!));
            Assert.That((int)suites.Attribute("failures")!, Is.Zero);
        });
    }

    [Test]
    public void Verify_Output_WritesTheFileAndNothingElse()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("latent-").FullName, "report.json");
        var (exit, output, _) = LatentProcess.Run("verify", "--format", "json", "--output", path, "--op", "l1");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(output, Is.Empty);
            Assert.That(() => JsonDocument.Parse(File.ReadAllText(path)), Throws.Nothing);
        });
    }

    [Test]
    public void Verify_OutsideACheckout_UsesTheSpecInsideTheProgram()
    {
        var (exit, output, error) = LatentProcess.RunIn(Directory.CreateTempSubdirectory("latent-").FullName, "verify", "--op", "kl_standard");
        Assert.That((exit, output), Is.EqualTo((0, LatentProcess.Run("verify", "--op", "kl_standard").Out)), error);
    }

    [Test]
    public void Claims_Json_HasTheShapeThatIsPromised()
    {
        var (exit, output, _) = LatentProcess.Run("claims", "--format", "json");
        var claims = JsonDocument.Parse(output).RootElement.EnumerateArray().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.Zero);
            Assert.That(claims[0].EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "id", "also", "source", "topic", "verdict", "says", "operations" }));
            Assert.That(claims, Has.Length.EqualTo(Checkout.Book.Claims.Count));
        });
    }

    [TestCase("kl_standard", "kl_standard(mu: float[B,D]")]
    [TestCase("kl_standard/mixed-signs", "within, in float32")]
    [TestCase("kl.total", "verdict: erratum")]
    [TestCase("kl.total", "evaluates to: 5.6954 and 5.7")]
    public void Explain_AnId_ShowsWhatItIs(string id, string shown)
    {
        var (exit, output, error) = LatentProcess.Run("explain", id);
        Assert.That((exit, output), Is.EqualTo((0, output)), error);
        Assert.That(output, Does.Contain(shown));
    }

    [Test]
    public void Teeth_EveryMistake_IsCaught()
    {
        string[] some = ["kl_standard", "vq_loss.vjp"];
        var (exit, output, error) = LatentProcess.Run(["teeth", "--uncaught", .. some.SelectMany(o => new[] { "--op", o })]);
        var count = LatentConformance.Mistakes.KnownMistakes.All.Count(m => some.Contains(m.Operation));
        Assert.That((exit, output), Is.EqualTo((0, output)), error);
        Assert.That(output, Does.StartWith($"{count} mistakes, {count} caught, "));
    }

    /// <summary>A rename in C# can never change the wire unseen.</summary>
    [Test]
    public void Ops_Json_IsTheGolden() => TextGolden.Holds("cli/ops.json", LatentProcess.Run("ops", "--format", "json").Out);

    [TestCase("help", "--help")]
    [TestCase("verify-help", "verify", "--help")]
    [TestCase("claims-help", "claims", "--help")]
    [TestCase("check-help", "check", "--help")]
    [TestCase("gate-help", "gate", "--help")]
    public void Help_IsTheGolden(string name, params string[] arguments) =>
        TextGolden.Holds($"cli/{name}.txt", LatentProcess.Run(arguments).Out);

    [Test]
    public void Verify_APipeThatCloses_EndsWithoutATrace()
    {
        using var process = LatentProcess.Start(Checkout.Root, "verify", "--format", "json", "--op", "kl_standard");
        process.StandardOutput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That((process.ExitCode, error), Is.EqualTo((0, "")));
    }

    [Test]
    public void Ops_EveryOperation_IsListed()
    {
        var output = LatentProcess.Run("ops").Out;
        Assert.That(Catalogue.Standard.Operations.Where(o => !output.Contains(o.Signature.ToString(), StringComparison.Ordinal)), Is.Empty);
    }
}
