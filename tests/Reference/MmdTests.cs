using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class MmdTests
{
    /// <summary>
    /// A kernel of one coordinate that takes few values is an inner product of features: here by the integral
    /// e^(−s/2h²) = ∫ cos(t (a − b)/h) φ(t) dt, on a grid fine enough for an entire function, so that pairs become squared sums:
    /// Σ_{i≠j} cos = (Σ cos)² + (Σ sin)² − n.
    /// </summary>
    [SecondRoute("mmd_rbf")]
    [TestCase(1.5)]
    [TestCase(0.75)]
    public void MmdRbf_ByItsSpectrum_IsTheDistanceOfMeanFeatures(double bandwidth)
    {
        var (x, y) = (Tensors.Normal("x", 6, 1), Tensors.Normal("y", 4, 1));
        var terms = Enumerable.Range(-160, 321).Select(k => k / 16.0).Select(t =>
        {
            var (cx, sx) = Features(x, t / bandwidth);
            var (cy, sy) = Features(y, t / bandwidth);
            var pairs = (((cx * cx) + (sx * sx) - 6) / 30) + (((cy * cy) + (sy * sy) - 4) / 12) - (((cx * cy) + (sx * sy)) / 12);
            return pairs * Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI) / 16;
        });

        Agreement.Of(new ReferenceKernels().MmdRbf(x, y, bandwidth), Estimate.Sum(terms) + new Estimate(0, Math.Exp(-50)));
    }

    /// <summary>C/(C + s) is the mean of e^(−s u / C) over u of density e^−u: a mixture of Gaussian kernels, so of their discrepancies.</summary>
    [SecondRoute("mmd_imq")]
    [TestCase(1.5)]
    [TestCase(4.0)]
    public void MmdImq_AsAMixtureOfGaussianKernels_IsTheMixtureOfTheirDiscrepancies(double scale)
    {
        var (x, y, reference) = (Tensors.Normal("x", 5, 2), Tensors.Normal("y", 4, 2), new ReferenceKernels());

        // u = e^v: the integrand e^(v − e^v) times a bounded factor is analytic and falls off on both sides, and sums converge fast.
        var terms = Enumerable.Range(-1280, 1409).Select(k => k / 32.0).Select(v =>
        {
            var mmd = reference.MmdRbf(x, y, Math.Sqrt(scale / (2 * Math.Exp(v))));
            return Math.Exp(v - Math.Exp(v)) / 32 * new Estimate(mmd[0], mmd.Tolerance!.Allowed(0, Precision.Of(DType.Float64), strict: false));
        });

        Agreement.Of(reference.MmdImq(x, y, scale), Estimate.Sum(terms) + new Estimate(0, Math.Exp(-32)));
    }

    /// <summary>All ways to split six points in two threes: the mean of an unbiased estimate over the splits of one sample is zero.</summary>
    [SecondRoute("mmd_rbf", "mmd_imq")]
    [TestCase("mmd_rbf", "bandwidth")]
    [TestCase("mmd_imq", "scale")]
    public void Mmd_OverAllSplitsOfOneSample_IsZeroOnAverage(string operation, string width)
    {
        var points = Tensors.Normal("points", 6, 2);
        Tensor Of(IEnumerable<int> rows) => new([3, 2], [.. rows.SelectMany(points.RowOf)]);
        var splits =
            from mask in Enumerable.Range(0, 64)
            where int.PopCount(mask) == 3
            let answer = Catalogue.Standard.Find(operation)!.Invoke(new ReferenceKernels(), new Dictionary<string, Tensor>
            {
                ["x"] = Of(Enumerable.Range(0, 6).Where(i => (mask & (1 << i)) != 0)),
                ["y"] = Of(Enumerable.Range(0, 6).Where(i => (mask & (1 << i)) == 0)),
                [width] = Tensor.Scalar(1.25),
            })["mmd"]
            select new Estimate(answer[0], answer.Tolerance!.Allowed(0, Precision.Of(DType.Float64), strict: false));

        var mean = Estimate.Sum(splits) / 20;

        Agreement.Within(0, mean, 0, operation);
    }

    [SecondRoute("mmd_rbf.vjp", "mmd_imq.vjp")]
    [TestCase("mmd_rbf")]
    [TestCase("mmd_imq")]
    public void Vjp_OrdinaryInputs_FollowsCentralDifferences(string operation) => CentralDifference.Agrees(operation, Tensors.For(operation));

    private static (double Cosines, double Sines) Features(Tensor x, double frequency) =>
        (x.ToDoubles().Sum(v => Math.Cos(frequency * v)), x.ToDoubles().Sum(v => Math.Sin(frequency * v)));
}
