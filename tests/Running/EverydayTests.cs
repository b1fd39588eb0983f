using LatentConformance.Conformance;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Reports;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using NUnit.Framework;

namespace LatentConformance.Tests.Running;

/// <summary>What everyday use needs of a run: baselines, shards, an early end, strictness.</summary>
public class EverydayTests
{
    private const string Operation = "kl_clamped";
    private static readonly Selection Few = new(Operations: [Operation, "kl_spatial", "kl_residual", "l1"]);

    [Test]
    public void Baseline_WhatFailsAsItSays_Holds()
    {
        var wrong = Run(Doubled);
        var baseline = Baseline.Read(Baseline.Write(wrong), "known.txt");
        var again = baseline.Apply(wrong);
        Assert.Multiple(() =>
        {
            Assert.That(wrong.Holds, Is.False);
            Assert.That(again.Holds, Is.True);
            Assert.That(again.Summary.ExpectedFailures, Is.EqualTo(wrong.Summary.Failed + wrong.Summary.Errors).And.Positive);
            Assert.That(again.Summary.Passed, Is.EqualTo(wrong.Summary.Passed));
        });
    }

    [Test]
    public void Baseline_WhatPassesAfterAll_Fails()
    {
        var baseline = Baseline.Read(Baseline.Write(Run(Doubled)), "known.txt");
        var mended = baseline.Apply(Run(Checkout.Reference));
        Assert.Multiple(() =>
        {
            Assert.That(mended.Holds, Is.False);
            Assert.That(mended.Results.Where(r => r.Outcome == Outcome.Fail).Select(r => r.Message), Has.All.Contains("take it out of the baseline"));
            Assert.That(mended.Summary.Failed, Is.EqualTo(baseline.Ids.Count));
        });
    }

    [Test]
    public void Baseline_ANewFailure_StillFails()
    {
        var one = new Baseline(new HashSet<string> { "kl_clamped/single" });
        Assert.That(one.Apply(Run(Doubled)).Holds, Is.False);
    }

    [TestCase("", "no baseline")]
    [TestCase("{\"ids\": []}", "no baseline")]
    [TestCase("# latent baseline 1\nkl_standard single\n", "'kl_standard single' is no id")]
    public void Baseline_AFileThatIsNone_IsRefused(string text, string why) =>
        Assert.That(() => Baseline.Read(text, "known.txt"), Throws.TypeOf<SpecError>().With.Message.Contains(why));

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(7)]
    public void Shards_MergedAgain_AreTheWholeRun(int count)
    {
        var parts = Enumerable.Range(1, count).Select(i => Part(i, count)).ToArray();
        var merged = JsonReportReader.Merge([.. parts.Reverse().Select((p, i) => ($"{i}.json", JsonReportReader.Read(p, $"{i}.json")))]);
        Assert.That(JsonReport.Verify(merged, "0"), Is.EqualTo(JsonReport.Verify(Run(Doubled), "0")));
    }

    [Test]
    public void Merge_WhatIsNoWholeRun_IsRefused()
    {
        var (first, second) = (Part(1, 3), Part(2, 3));
        Assert.Multiple(() =>
        {
            Refused("shard 3/3 is missing", first, second);
            Refused("shard 2/3, 3/3 is missing", first);
            Refused("a second time", first, second, second);
            Refused("not a shard", first, JsonReport.Verify(Run(Doubled), "0"));
            Refused("another implementation", first, Part(2, 3, Checkout.Reference));
            Assert.That(() => JsonReportReader.Read("[]", "x.json"), Throws.TypeOf<SpecError>().With.Message.Contains("no report"));
        });

        static void Refused(string why, params string[] parts) => Assert.That(
            () => JsonReportReader.Merge([.. parts.Select((p, i) => ($"{i}.json", JsonReportReader.Read(p, $"{i}.json")))]),
            Throws.TypeOf<SpecError>().With.Message.Contains(why));
    }

    [TestCase("0/3")]
    [TestCase("4/3")]
    [TestCase("1")]
    [TestCase("1/0")]
    [TestCase("-1/3")]
    [TestCase("1/3/5")]
    public void Shard_WhatIsNone_IsNotRead(string text) => Assert.That(Shard.Parse(text), Is.Null);

    [Test]
    public void FailFast_TheFirstFailure_IsTheLast()
    {
        var report = new Verification(Checkout.Grounds()).Run(Doubled, Few, seed: 1, failFast: true);
        Assert.Multiple(() =>
        {
            Assert.That(report.StoppedEarly, Is.True);
            Assert.That(report.Results.Count(r => r.Outcome == Outcome.Fail && r.Kind == ResultKind.Vector), Is.EqualTo(1));
            Assert.That(report.Results, Has.Count.LessThan(Run(Doubled).Results.Count));
        });
    }

    [Test]
    public void Strictly_AFailureThatOnlyCarefulCodeAvoids_Decides()
    {
        var answers = new Wrong(Operation, i => Checkout.Reference.Ask(Catalogue.Standard.Find(Operation)!, i) is Answered right
            ? right
            : new Answered(new Dictionary<string, Tensor> { ["kl"] = new([1], [0.0]) }));
        var report = Run(answers);
        Assert.That((report.Holds, report.Strictly().Holds), Is.EqualTo((true, false)));
    }

    private static Wrong Doubled => new(Operation, i => Checkout.Reference.Ask(Catalogue.Standard.Find(Operation)!, i) is Answered right
        ? new Answered(right.Outputs.ToDictionary(o => o.Key, o => new Tensor(o.Value.Shape.ToArray(), [.. o.Value.ToDoubles().Select(v => 2 * v)])))
        : new Refused("as the reference does"));

    private static Report Run(IAnswerer implementation) => new Verification(Checkout.Grounds()).Run(implementation, Few, seed: 1);

    private static string Part(int index, int count, IAnswerer? implementation = null) => JsonReport.Verify(
        new Verification(Checkout.Grounds()).Run(implementation ?? Doubled, Few with { Shard = new Shard(index, count) }, seed: 1), "0");
}
