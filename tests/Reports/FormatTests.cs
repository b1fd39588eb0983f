using System.Text.Json;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Tests.Running;
using NUnit.Framework;

namespace LatentConformance.Tests.Reports;

/// <summary>Each format says the same: what holds, what does not, what was not asked.</summary>
public class FormatTests
{
    private const string Operation = "kl_standard";
    private static readonly Report Right = Run(Checkout.Reference);
    private static readonly Report Bad = Run(new Wrong(Operation, _ => new Broken("died | of <b>\"#1\"</b> \\ causes")));
    private static readonly Report Known = Baseline.Read(Baseline.Write(Bad), "").Apply(Bad);

    [Test]
    public void Text_ManyFailuresOfOneOperation_TheFirstAndTheirNumber()
    {
        string[] Shown(bool all) => [.. TextReport.Verify(Bad, "0", "My.dll", colour: false, all).Split('\n').Where(l => l.StartsWith("ERROR ", StringComparison.Ordinal))];
        var few = Shown(all: false);
        var rest = Bad.Summary.Failed + Bad.Summary.Errors - few.Length;
        Assert.Multiple(() =>
        {
            Assert.That(few, Has.Length.EqualTo(3));
            Assert.That(few, Has.All.StartsWith($"ERROR {Operation}/"));
            Assert.That(TextReport.Verify(Bad, "0", "My.dll", colour: false), Does.Contain($"     and {rest} more of {Operation}: --all shows them"));
            Assert.That(Shown(all: true), Has.Length.EqualTo(Bad.Summary.Failed + Bad.Summary.Errors));
        });
    }

    [Test]
    public void Text_ConventionsOfOnesOwn_AreNamedAtTheTop()
    {
        var own = Right with
        {
            Implementation = Right.Implementation with
            {
                Conventions = Conventions.House.With("reduce", "mean"),
                ByOperation = new Dictionary<string, Conventions> { ["vq_loss"] = Conventions.House.With("beta", "legacy") },
            },
        };
        Assert.Multiple(() =>
        {
            Assert.That(TextReport.Verify(own, "0", "My.dll", colour: false), Does.Contain("\n  under reduce: mean\n  vq_loss under beta: legacy\n"));
            Assert.That(TextReport.Verify(Right, "0", "My.dll", colour: false), Does.Not.Contain("under "));
        });
    }

    [Test]
    public void Tap_EveryResultHasItsLine()
    {
        var lines = TapReport.Verify(Bad).Split('\n');
        var all = Bad.Results.Count + Bad.Spec.Count;
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Is.EqualTo("TAP version 14"));
            Assert.That(lines[1], Is.EqualTo($"1..{all}"));
            Assert.That(lines.Count(l => l.StartsWith("ok ", StringComparison.Ordinal) || l.StartsWith("not ok ", StringComparison.Ordinal)), Is.EqualTo(all));
            Assert.That(
                lines.Count(l => l.StartsWith("not ok ", StringComparison.Ordinal) && !l.Contains("# TODO", StringComparison.Ordinal)),
                Is.EqualTo(Bad.Summary.Failed + Bad.Summary.Errors));
            Assert.That(TapReport.Verify(Right), Does.Not.Match("(?m)^not ok [^#]*$"));
            Assert.That(TapReport.Verify(Known), Does.Contain("# TODO in the baseline"));
            Assert.That(TapReport.Verify(Bad), Does.Contain("message: \"died | of <b>\\\"#1\\\"</b> \\\\ causes\""));
        });
    }

    [Test]
    public void Sarif_EveryFailureIsAResultOfARule()
    {
        var run = JsonDocument.Parse(SarifReport.Verify(Bad, "0")).RootElement.GetProperty("runs")[0];
        var results = run.GetProperty("results").EnumerateArray().ToArray();
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(results.Count(r => r.GetProperty("level").GetString() == "error"), Is.EqualTo(Bad.Summary.Failed + Bad.Summary.Errors));
            Assert.That(results.Select(r => r.GetProperty("ruleId").GetString()).Distinct(), Is.SubsetOf(rules));
            Assert.That(JsonDocument.Parse(SarifReport.Verify(Right, "0")).RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength(), Is.Zero);
            Assert.That(SarifReport.Verify(Known, "0"), Does.Contain("suppressions"));
        });
    }

    [Test]
    public void Markdown_AFailure_IsARowAndAReplay()
    {
        var page = MarkdownReport.Verify(Bad, "-- python my_vae.py");
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.StartWith("## Does not hold: wrong 1, float64 on cpu"));
            Assert.That(page, Does.Contain("died \\| of &lt;b>\"#1\"&lt;/b>"));
            Assert.That(page, Does.Match("`latent replay [a-z./_-]+ --seed 1 -- python my_vae.py`"));
            Assert.That(MarkdownReport.Verify(Right, ""), Does.StartWith("## Holds").And.Not.Contain("|"));
        });
    }

    [Test]
    public void Junit_WhatTheBaselineKnows_IsSkipped() =>
        Assert.That(JunitReport.Verify(Known), Does.Contain("in the baseline: died").And.Contain("failures=\"0\"").And.Contain("errors=\"0\""));

    [Test]
    public void Detail_AWrongElement_IsShownAsPytorchShowsIt()
    {
        var doubled = new Wrong(Operation, i => new Answered(new Dictionary<string, Tensor> { ["kl"] = new([i["mu"].Shape[0]], Enumerable.Repeat(1.0, i["mu"].Shape[0]).ToArray()) }));
        var one = Checkout.Goldens[Operation].Cases.First(c => c.Id == "kl_standard/mixed-signs");
        var detail = Detail.Of(new Verification(Checkout.Grounds()).Replay(doubled, Catalogue.Standard.Find(Operation)!, one), Precision.Of(DType.Float64));
        Assert.Multiple(() =>
        {
            Assert.That(detail, Does.Contain("Tensor-likes are not close!\nMismatched elements: 5 / 5 (100.0%)\nGreatest absolute difference: 4.76298394 at index (1,)"));
            Assert.That(detail, Does.Contain("mu = [[-0.59765625, -0.00390625, -0.8515625], ["));
            Assert.That(detail, Does.Match(@"\(0,\) +3\.56698122 +1 +3\.9"));
        });
    }

    private static Report Run(IAnswerer implementation) =>
        new Verification(Checkout.Grounds()).Run(implementation, new Selection(Operations: [Operation, "l1"]), seed: 1);
}
