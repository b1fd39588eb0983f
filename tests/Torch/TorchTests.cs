using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Torch;
using NUnit.Framework;

namespace LatentConformance.Tests.Torch;

/// <summary>In builds with -p:Torch=cpu or -p:Torch=cuda: the whole suite on real tensors, and nothing of it left behind.</summary>
[NonParallelizable]
public class TorchTests
{
    [TestCase(DType.Float64)]
    [TestCase(DType.Float32)]
    public void Suite_EveryCaseAndClaim_Passes(DType dtype)
    {
        var before = TorchSharp.torch.Tensor.TotalCount;
        var report = new Verification(Checkout.Grounds()).Run(new InProcess(new TorchKernels("cpu", dtype)), new Selection(), seed: 1);
        Assert.That(report.Results.Where(r => !r.Strict && r.Outcome is Outcome.Fail or Outcome.Error).Select(r => $"{r.Id}: {r.Message}"), Is.Empty);
        Assert.That(report.Results.Count(r => r.Outcome == Outcome.Unsupported), Is.Zero);
        Assert.That(TorchSharp.torch.Tensor.TotalCount, Is.EqualTo(before), "live tensors");
    }

    [Test]
    public void Operations_AllOfTheCatalogue_AreOffered()
    {
        var kernels = new TorchKernels();
        Assert.That(Catalogue.Standard.Operations.Where(o => !kernels.Offers(o)).Select(o => o.Name), Is.Empty);
    }

    /// <summary>
    /// More rows than one chunk of scores holds: around 3,000, where products of what was not centred are lost, and on a grid of halves, where
    /// most rows are as far from several codes and some codes are there twice.
    /// </summary>
    [TestCase(3000, 1 << 24)]
    [TestCase(0, 2)]
    public void VqAssign_MoreThanOneChunk_FindsTheNearest(float offset, int steps)
    {
        var (inputs, operation) = (Search(rows: 20_000, codes: 1024, offset, steps), Catalogue.Standard.Find("vq_assign")!);
        var found = new TorchKernels().Answer(operation, inputs)["indices"];
        var nearest = operation.Invoke(new LatentConformance.Simd.SimdKernels(), inputs)["indices"];
        Assert.That(found.Int64.SequenceEqual(nearest.Int64));
    }

    /// <summary>2 GiB of scores, which are never all there.</summary>
    [Test]
    public void VqAssign_LargeSearch_HoldsAFewScoresAtATime()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("only Linux tells how much memory was held at most");
        }

        using var call = new TorchKernels().Prepare(Catalogue.Standard.Find("vq_assign")!, Search(rows: 1 << 16, codes: 8192, 0, 1 << 24));
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = MostHeld();
        call.Run();
        Assert.That(MostHeld() - before, Is.LessThan(1 << 29));
    }

    [Test]
    public void PreparedCall_RunTwice_AnswersTheSameAndLeavesNothing()
    {
        var before = TorchSharp.torch.Tensor.TotalCount;
        var inputs = new Dictionary<string, Tensor> { ["mu"] = new([1, 2], [1.0, 2]), ["logvar"] = new([1, 2], [0.0, 0]), ["d_kl"] = new([1], [2.0]) };
        using (var call = new TorchKernels().Prepare(Catalogue.Standard.Find("kl_standard.vjp")!, inputs))
        {
            call.Run();
            call.Wait();
            Assert.That(call.Answer()["d_mu"].Float32.ToArray(), Is.EqualTo(new[] { 2f, 4f }), "gradients do not add up from run to run");
        }

        Assert.That(TorchSharp.torch.Tensor.TotalCount, Is.EqualTo(before), "live tensors");
    }

    [TestCase("gpu", DType.Float32, "no device 'gpu'; expected cpu, cuda or cuda:0")]
    [TestCase("cpu:1", DType.Float32, "no device 'cpu:1'")]
    [TestCase("cuda:one", DType.Float32, "no device 'cuda:one'")]
    [TestCase("cuda:99", DType.Float32, "GPU|no cuda:99")]
    [TestCase("cpu", DType.TensorFloat32, "the cpu has no tf32")]
    public void Device_ThatIsNotThere_IsNamed(string device, DType dtype, string message) =>
        Assert.That(() => new TorchKernels(device, dtype), Throws.TypeOf<UnavailableException>().With.Message.Match(message));

    /// <summary>So many steps to one, from 0 to 1 beyond the offset.</summary>
    private static Dictionary<string, Tensor> Search(int rows, int codes, float offset, int steps)
    {
        const int Width = 4;
        var random = new Random(1);
        Tensor Drawn(int count) => new([count, Width], [.. Enumerable.Range(0, count * Width).Select(_ => offset + ((float)random.Next(steps + 1) / steps))]);
        return new Dictionary<string, Tensor> { ["z"] = Drawn(rows), ["codebook"] = Drawn(codes) };
    }

    /// <summary>Since a 5 was last written to clear_refs.</summary>
    private static long MostHeld() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
