using BenchmarkDotNet.Attributes;
using LatentConformance.Compare;

namespace LatentConformance.Benchmarks;

/// <summary>In builds with -p:Torch=cpu: TorchSharp's kernels at the sizes of `benchmarks/compare --device cpu`, alone.</summary>
[MemoryDiagnoser]
public class TorchBenchmarks
{
    private BoundKernel bound = null!;

    public static IEnumerable<string> Cases => Compare.Cases.OnDevice.Select(c => c.Title);

    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    [GlobalSetup]
    public void MakeInputsAndCheckAnswers()
    {
        var kernels = new DeviceKernels("cpu", Environment.ProcessorCount);
        var asked = Compare.Cases.OnDevice.Single(c => c.Title == Case);
        if (SmallCheck.Fault(kernels, asked) is { } fault)
        {
            throw new InvalidOperationException($"{fault}; nothing is timed");
        }

        bound = kernels.Bind(asked, Inputs.Draw(asked))!;
    }

    [Benchmark]
    public void Kernel() => bound.Call();

    [GlobalCleanup]
    public void Release() => bound.Dispose();
}
