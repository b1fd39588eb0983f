using BenchmarkDotNet.Attributes;
using LatentConformance.Contract;
using LatentConformance.Reference;

namespace LatentConformance.Benchmarks;

/// <summary>
/// What the reference costs, as the baseline that faster kernels are compared with; slow is fine here. Each benchmark is
/// first asked something whose answer is known, so that nothing wrong is timed.
/// </summary>
[MemoryDiagnoser]
public class ReferenceBenchmarks
{
    private readonly ReferenceKernels reference = new();
    private Tensor mu = null!;
    private Tensor logvar = null!;
    private Tensor z = null!;
    private Tensor codebook = null!;

    [Params(64, 256)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void MakeInputsAndCheckAnswers()
    {
        mu = Filled(Rows, 16, i => ((i % 33) - 16) / 8.0);
        logvar = Filled(Rows, 16, i => ((i % 17) - 8) / 4.0);
        z = Filled(Rows, 8, i => ((i % 29) - 14) / 4.0);
        codebook = Filled(32, 8, i => ((i % 23) - 11) / 3.0);
        var one = reference.KlStandard(new Tensor([1, 1], [1.0]), new Tensor([1, 1], [0.0]))[0];
        var nearest = reference.VqAssign(new Tensor([1, 1], [0.9]), new Tensor([2, 1], [0.0, 1.0]))[0];
        if (one != 0.5 || nearest != 1)
        {
            throw new InvalidOperationException("the reference is wrong; nothing is timed");
        }
    }

    [Benchmark]
    public Tensor KlStandard() => reference.KlStandard(mu, logvar);

    [Benchmark]
    public Tensor VqAssign() => reference.VqAssign(z, codebook);

    private static Tensor Filled(int rows, int columns, Func<int, double> value) =>
        new([rows, columns], [.. Enumerable.Range(0, rows * columns).Select(value)]);
}
