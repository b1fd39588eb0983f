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

    /// <summary>More rows than one chunk of scores holds, around 3,000, where products of what was not centred are lost.</summary>
    [Test]
    public void VqAssign_MoreThanOneChunk_FindsTheNearest()
    {
        var random = new Random(1);
        const int rows = 70_000, codes = 1024, width = 4;
        var z = new Tensor([rows, width], [.. Enumerable.Range(0, rows * width).Select(_ => 3000 + (float)random.NextDouble())]);
        var codebook = new Tensor([codes, width], [.. Enumerable.Range(0, codes * width).Select(_ => 3000 + (float)random.NextDouble())]);
        var operation = Catalogue.Standard.Find("vq_assign")!;
        var inputs = new Dictionary<string, Tensor> { ["z"] = z, ["codebook"] = codebook };
        var found = new TorchKernels().Answer(operation, inputs)["indices"];
        var nearest = operation.Invoke(new LatentConformance.Simd.SimdKernels(), inputs)["indices"];
        Assert.That(found.Int64.SequenceEqual(nearest.Int64));
    }

    [TestCase("gpu", DType.Float32, "no device 'gpu'; expected cpu, cuda or cuda:0")]
    [TestCase("cpu:1", DType.Float32, "no device 'cpu:1'")]
    [TestCase("cuda:one", DType.Float32, "no device 'cuda:one'")]
    [TestCase("cuda:99", DType.Float32, "GPU|no cuda:99")]
    [TestCase("cpu", DType.TensorFloat32, "the cpu has no tf32")]
    public void Device_ThatIsNotThere_IsNamed(string device, DType dtype, string message) =>
        Assert.That(() => new TorchKernels(device, dtype), Throws.TypeOf<UnavailableException>().With.Message.Match(message));
}
