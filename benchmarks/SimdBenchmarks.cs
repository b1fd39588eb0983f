using BenchmarkDotNet.Attributes;
using LatentConformance.Compare;
using LatentConformance.Simd;

namespace LatentConformance.Benchmarks;

/// <summary>
/// The fast kernels at the sizes of `benchmarks/compare`, alone: what a call costs, and that it allocates nothing. An operation
/// that has no kernel has no row.
/// </summary>
[MemoryDiagnoser]
public class SimdBenchmarks
{
    private Action call = null!;

    public static IEnumerable<string> Cases => Compare.Cases.All
        .Where(c => SpanKernel.Find(typeof(Workers).Assembly, c.Name) is not null)
        .Select(c => c.Title);

    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    [GlobalSetup]
    public void MakeInputsAndCheckAnswers()
    {
        var asked = Compare.Cases.All.Single(c => c.Title == Case);
        if (SmallCheck.Fault(SpanKernels.Simd, asked) is { } fault)
        {
            throw new InvalidOperationException($"{fault}; nothing is timed");
        }

        call = SpanKernels.Simd.Bind(asked, Inputs.Draw(asked))!.Call;
    }

    [Benchmark]
    public void Kernel() => call();
}
