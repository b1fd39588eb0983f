using LatentConformance.Compare;
using NUnit.Framework;

namespace LatentConformance.Tests.Torch;

/// <summary>What `benchmarks/compare --device cpu` runs, before it is timed.</summary>
[NonParallelizable]
public class DeviceKernelsTests
{
    [Test]
    public void Kernels_OnSmallCases_AnswerAsTheReference()
    {
        var kernels = new DeviceKernels("cpu", Environment.ProcessorCount);
        Assert.That(Cases.OnDevice.Select(c => SmallCheck.Fault(kernels, c)), Has.All.Null);
    }

    [Test]
    public void Clock_OnTheCpu_TellsMilliseconds()
    {
        var (kernels, asked) = (new DeviceKernels("cpu", 1), SmallCheck.Small(Cases.OnDevice[0]));
        using var bound = kernels.Bind(asked, Inputs.Draw(asked))!;
        Assert.That(kernels.HasEvents, Is.False);
        Assert.That(bound.Clock(() => Thread.Sleep(30)), Is.InRange(29, 10_000));
    }
}
