using LatentConformance.Contract;

namespace LatentConformance.Reference;

// The number of dimensions with (1/N) Σ (mu − mean)² > threshold, in two passes: E[x²] − E[x]² has lost it where the mean is large.
// Where roundoff reaches across the threshold either side is legal.
public sealed partial class ReferenceKernels
{
    public Tensor ActiveUnits(Tensor mu, double threshold)
    {
        Refuse.UnlessFiniteAndNotNegative("threshold", threshold);
        Refuse.UnlessPositive("the number of samples", mu.Shape[0]);
        var over = Answers.Each(mu.Shape[1], j => Variance(mu, j) - threshold);
        var active = over.Count(v => v.Value > 0);
        var alternatives = Strayed(active, -1, [.. over.Where(v => v.Value > 0)]).Concat(Strayed(active, 1, [.. over.Where(v => v.Value <= 0)]));
        return new Tensor([], [(long)active])
        {
            Tolerance = Tolerance.Exact(1) with
            {
                Alternatives = [.. alternatives.Where(a => Tolerance.IsLegal(a, Precision.Of(DType.BFloat16), strict: false))],
                Peak = over.Select(v => v.Peak).DefaultIfEmpty().Max(),
            },
        };
    }

    /// <summary>The count is off by n only where the n dimensions nearest to the threshold, for their error, could all be across it.</summary>
    private static IEnumerable<Alternative> Strayed(int active, int direction, Real[] over) => over
        .OrderBy(v => Math.Abs(v.Value) / Math.Max(v.Error.Storage + v.Error.Accumulate, double.Epsilon))
        .Select((v, n) => new Alternative(0, active + (direction * (n + 1)), Math.Abs(v.Value), v.Error));

    private static Real Variance(Tensor mu, int dimension)
    {
        var samples = mu.Shape[0];
        var mean = Answers.Sum(samples, i => mu[i, dimension]) / samples;
        return Answers.Sum(samples, i => (mu[i, dimension] - mean) * (mu[i, dimension] - mean)) / samples;
    }
}
