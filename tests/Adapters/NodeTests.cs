using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Tests.Cli;
using LatentConformance.Tests.Wire;
using NUnit.Framework;

namespace LatentConformance.Tests.Adapters;

/// <summary>latent_adapter.mjs, written from adapters/protocol.md: what the page leaves out is found out here.</summary>
public class NodeTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "adapters", "node");
    private static readonly string TenOperations = Path.Combine(Folder, "ten_operations.mjs");
    private static readonly string[] Files = ["latent_adapter.mjs", "my_vae.mjs"];

    private Foreign foreign = null!;

    [OneTimeSetUp]
    public void Begin() => foreign = AdapterScript.Start(Node.Program, "manners.mjs");

    [OneTimeTearDown]
    public void End() => foreign?.Dispose();

    [Test]
    public void Verify_OperationsFromTheFormulasAlone_PassWithTheirStrictCases()
    {
        var (exit, output, error) = LatentProcess.Run("verify", "--filter", "*/*", "--strict", "--timeout", "60", "--", Node.Program, TenOperations);
        Assert.That(exit, Is.Zero, output + error);
        Assert.That(output, Does.Contain("ten-operations 1, float64 on cpu").And.Contain(" 0 failed, 0 errors, "));
        Assert.That(output.Split('\n').Count(l => l.Contains(" of ", StringComparison.Ordinal) && l.StartsWith("  ", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(10), output);
    }

    [Test]
    public void Smoke_TheAdapter_IsOkLineForLine()
    {
        var (exit, output, error) = LatentProcess.Run("verify", "--smoke", "--timeout", "60", "--", Node.Program, TenOperations);
        Assert.That(exit, Is.Zero, output + error);
        Assert.That(output.TrimEnd().Split('\n'), Has.All.StartsWith("ok ").And.Length.GreaterThan(6), output);
    }

    [Test]
    public void Init_Node_WritesAnExampleThatPassesAtOnce()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("latent-").FullName, "mine");
        var (exit, output, error) = LatentProcess.Run("init", "node", folder);
        Assert.That((exit, error), Is.EqualTo((0, "")));
        Assert.That(output.TrimEnd().Split('\n')[^1], Does.StartWith("next: latent verify -- node ").And.EndsWith("my_vae.mjs"));
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(Files));

        var verdict = LatentProcess.Run("verify", "--timeout", "60", "--", Node.Program, Path.Combine(folder, "my_vae.mjs"));
        Assert.That(verdict.Exit, Is.Zero, verdict.Out + verdict.Error);
        Assert.That(verdict.Out, Does.Match("kl_standard +([0-9]+) of \\1 +([0-9]+) of \\2 "));
    }

    [Test]
    public void Ask_AFunctionThatPrints_IsHeardOnStderrOnly()
    {
        Assert.That(AdapterScript.Bad(foreign, "kl_standard", "kl_standard.vjp"), Is.Empty);
        Assert.That(foreign.StrayLine(), Is.Null);
    }

    [TestCase("squared_error_sum", "TypeError: Cannot assign to read only property '0' of object '[object Array]'")]
    [TestCase("l1", "RangeError: the first line and a second")]
    [TestCase("bce", "only a text")]
    [TestCase("vq_loss", "TypeError: returned one value for loss, codebook_term, commitment_term; return an object with these names, or say fields: [...]")]
    [TestCase("fvu", "TypeError: returned variance; expected some of fvu")]
    [TestCase("bits_per_dim", "TypeError: returned undefined where a number belongs")]
    public void Ask_AFunctionThatFails_SaysWhyInOneLine(string operation, string why) =>
        Assert.That(AdapterScript.Ask(foreign, operation), Is.EqualTo(new Raised(why)));

    [Test]
    public void Ask_ACaseThatIsPassedOn_IsDeclined() =>
        Assert.That(AdapterScript.Ask(foreign, "psnr"), Is.EqualTo(new Declined("no decibels here")));

    [Test]
    public void Ask_WhatIsNotServed_IsUnsupported() =>
        Assert.That(AdapterScript.Ask(foreign, "squared_error_sum.vjp"), Is.EqualTo(new Unsupported()));

    [Test]
    public void Ask_SixteenMebibytes_ArriveWhole()
    {
        var numbers = new float[4 << 20];
        (numbers[0], numbers[^1]) = (0.25f, -0.5f);
        var inputs = new Dictionary<string, Tensor> { ["x"] = new([1024, 4096], numbers), ["k"] = Tensor.Of(DType.Int64, [], [1]) };
        Assert.That(foreign.Ask(Catalogue.Standard.Find("top_k")!, inputs), Is.EqualTo(new Declined("1024,4096: 0.25 to -0.5")));
    }
}
