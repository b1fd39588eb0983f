using System.Text.Json;
using LatentConformance.Conformance.Wire;
using LatentConformance.Contract;
using LatentConformance.Gate;
using LatentConformance.Gate.Deciding;
using LatentConformance.Gate.Kernels;
using LatentConformance.Gate.Reports;
using LatentConformance.Gate.Workloads;
using LatentConformance.Tests.House;
using NUnit.Framework;

namespace LatentConformance.Tests.Gate;

/// <summary>Whole runs of the gate on small workloads, in this process: what is found, not how fast anything is. Alone, since what others allocate would be counted.</summary>
[NonParallelizable]
public class GateTests
{
    private static readonly string Library = Path.Combine(AppContext.BaseDirectory, "LatentConformance.Tests.dll");
    private static readonly Lazy<DirectoryInfo> Small = new(SmallWorkloads);

    [TestCase("PlainKernels", "PlainKernels", "kl_standard")]
    [TestCase("PlainKernels", "DoubleKernels", "kl_standard")]
    [TestCase("PlainKernels", "PlainKernels", "vq_loss")]
    [TestCase("PlainKernels", "PlainKernels", "usage_counts")]
    public void Run_RightKernels_AreTimed(string candidate, string baseline, string operation)
    {
        var verdict = Run(candidate, baseline, operation).Operations.Single();
        Assert.Multiple(() =>
        {
            Assert.That(verdict.Verdict, Is.Not.EqualTo(Verdict.Wrong), verdict.Why);
            Assert.That(verdict.Pairs, Is.AtLeast(4 * Decision.FewestRounds));
            Assert.That(verdict.Rounds, Is.AtLeast(Decision.FewestRounds));
            Assert.That(verdict.Allocation, Is.EqualTo(new Allocation(0, 0, AllocationVerdict.Same)));
        });
    }

    [TestCase("HalflessKernels", "kl_standard/", "half-missing")]
    [TestCase("ForgetfulKernels", "on the workload kl[5000] is not written", "")]
    [TestCase("RepeatingKernels", "on the workload kl[", "expected")]
    public void Run_AWrongKernel_IsNotTimed(string candidate, string why, string more)
    {
        var report = Run(candidate, "PlainKernels", "kl_standard");
        var verdict = report.Operations.Single();
        Assert.Multiple(() =>
        {
            Assert.That((verdict.Verdict, verdict.Pairs, report.Fails), Is.EqualTo((Verdict.Wrong, 0, true)));
            Assert.That(verdict.Why, Does.Contain(why).And.Contain(more));
        });
    }

    [TestCase("", true)]
    [TestCase("kl_standard: allocation allowed", false)]
    public void Run_AKernelThatAllocates_FailsUnlessItMay(string thresholds, bool fails)
    {
        var verdict = Run("CopyingKernels", "PlainKernels", "kl_standard", thresholds).Operations.Single();
        Assert.That((verdict.Allocation!.Verdict, verdict.AllocatesTooMuch), Is.EqualTo((AllocationVerdict.More, fails)));
        Assert.That(verdict.Allocation.Candidate, Is.AtLeast(4 * 6000 * 2));
    }

    [Test]
    public void Run_APlantedSlowdown_IsFoundAndFitsTheSchema()
    {
        var report = Run("PlainKernels", "PlainKernels", "kl_standard", planted: 2, turns: 200);
        Assert.That(report.Operations.Single().Verdict, Is.EqualTo(Verdict.Slower));
        Assert.That(JsonSchema.Of("gate.schema.json").Misfit(JsonDocument.Parse(JsonGate.Of(report, "0")).RootElement), Is.Null);
        Assert.That(MarkdownGate.Of(report), Does.Contain("| `kl_standard` | **slower** |"));
    }

    [Test]
    public void Run_NoTime_CannotRun() =>
        Assert.That(() => Run("PlainKernels", "PlainKernels", "kl_standard", turns: 3), Throws.TypeOf<CannotRunException>().With.Message.Contains("too little time").And.Message.Contains("--budget"));

    [TestCase("vq_assign", "has no kernel for vq_assign; it has kl_standard, usage_counts, vq_loss")]
    public void Run_AnOperationThatOneSideLacks_IsRefused(string operation, string message) =>
        Assert.That(() => Run("PlainKernels", "PlainKernels", operation), Throws.TypeOf<GateException>().With.Message.Contains(message));

    [Test]
    public void Workloads_All_AreLargeAndAnswered()
    {
        var files = Directory.GetFiles(Path.Combine(Checkout.Root, "gate", "Workloads", "Inputs")).Select(f => Path.GetFileNameWithoutExtension(f)!);
        var book = new WorkloadBook(Catalogue.Standard, Checkout.Oracle, Checkout.Goldens, null);
        var small = files.Where(f => Catalogue.Standard.Find(f) is not { } operation || book.Find(operation).Bytes < 200_000);
        Assert.That(small, Is.Empty);
    }

    private static GateReport Run(string candidate, string baseline, string operation, string thresholds = "", double planted = 1, int turns = 40)
    {
        // A clock of turns: how many pairs are timed does not hang on how busy the machine is.
        var turn = 0;
        var known = Catalogue.Standard.Operations.Select(o => o.Name).ToArray();
        var grounds = Checkout.Grounds();
        var settings = new GateSettings(
            KernelSource.OfPath($"{Library}:{candidate}"),
            KernelSource.OfPath($"{Library}:{baseline}"),
            [operation],
            Thresholds.Read(thresholds, "thresholds", 1.10, known),
            TimeSpan.FromSeconds(turns),
            new Dictionary<string, double> { [operation] = planted },
            () => TimeSpan.FromSeconds(++turn));
        return new GateRun(grounds, new WorkloadBook(Catalogue.Standard, Checkout.Oracle, grounds.Goldens, Small.Value), settings).Run(default);
    }

    private static DirectoryInfo SmallWorkloads()
    {
        var folder = Directory.CreateTempSubdirectory("latent-");
        (string Operation, string Inputs)[] all =
        [
            ("kl_standard", "mu = normal(6000, 2); logvar = uniform(-2, 2, 6000, 2)"),
            ("vq_loss", "z = normal(64, 4); codebook = normal(16, 4); beta = 0.25"),
            ("usage_counts", "indices = integers(0, 63, 4096); codebook_size = 64"),
        ];
        foreach (var (operation, inputs) in all)
        {
            File.WriteAllText(Path.Combine(folder.FullName, $"{operation}.inputs"), $"# Small, for a test.\nsmall: {inputs}\n");
        }

        return folder;
    }
}
