using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − log σ²), summed over every axis but the batch.
// ∂/∂μ = μ, ∂/∂log σ² = ½ (σ² − 1).
public sealed partial class ReferenceKernels
{
    public Tensor KlStandard(Tensor mu, Tensor logvar) => KlToPrior(mu, logvar);

    public (Tensor? DMu, Tensor? DLogvar) KlStandardVjp(Tensor mu, Tensor logvar, Tensor dKl) => KlToPriorVjp(mu, logvar, dKl);

    public Tensor KlSpatial(Tensor mu, Tensor logvar) => KlToPrior(mu, logvar);

    public (Tensor? DMu, Tensor? DLogvar) KlSpatialVjp(Tensor mu, Tensor logvar, Tensor dKl) => KlToPriorVjp(mu, logvar, dKl);

    private Tensor KlToPrior(Tensor mu, Tensor logvar)
    {
        Refuse.UnlessSameShape(mu, logvar);
        var (samples, elements) = SamplesOf(mu);
        var ordinary = Answers.Each(samples, b => KlOfSample(mu, logvar, b, elements));
        var careful = Answers.Each(samples, b => CarefulKlOfSample(mu, logvar, b, elements));
        return conventions.Reduce(ordinary, elements, careful);
    }

    private (Tensor? DMu, Tensor? DLogvar) KlToPriorVjp(Tensor mu, Tensor logvar, Tensor dKl)
    {
        Refuse.UnlessSameShape(mu, logvar);
        var (samples, elements) = SamplesOf(mu);
        Real Upstream(int i) => conventions.Spread(dKl, i / elements, samples, elements);
        return (
            Answers.Like(mu, i => Upstream(i) * mu[i]),
            PastTheClamp(Answers.Like(logvar, i => Upstream(i) * KlSlope(logvar[i])), logvar));
    }

    /// <summary>
    /// The four terms, summed over a sample in whatever order: code sums term by term, or element by element. Near the
    /// prior σ² − 1 − log σ² cancels, and this bound says so.
    /// </summary>
    private Real KlOfSample(Tensor mu, Tensor logvar, int sample, int elements)
    {
        var parts = new List<Real>(4 * elements);
        for (var i = sample * elements; i < (sample + 1) * elements; i++)
        {
            Real lv = Clamped(logvar[i]);
            parts.AddRange([(Real)mu[i] * mu[i], Exp(lv), -1, -lv]);
        }

        var magnitude = parts.Sum(p => Math.Abs(p.Value));
        var sum = Sum(parts);
        return 0.5 * (sum with { Error = sum.Error + new Coefficients(3 * magnitude, 0, 0) });
    }

    /// <summary>½ (μ² + (expm1(lv) − lv)): no cancellation of order one near the prior, only that of expm1(lv) with lv.</summary>
    private Real CarefulKlOfSample(Tensor mu, Tensor logvar, int sample, int elements) =>
        0.5 * Answers.Sum(elements, j =>
        {
            var i = (sample * elements) + j;
            Real m = mu[i], lv = Clamped(logvar[i]);
            return (m * m) + (ExpM1(lv) - lv).Knowing(ExpM1MinusX(lv.Value));
        });

    /// <summary>e^x − 1 − x; by its series near zero, where even expm1(x) − x loses half its digits.</summary>
    private static double ExpM1MinusX(double x)
    {
        if (!(Math.Abs(x) < 0.1))
        {
            return ExpMinusOne(x) - x;
        }

        double term = x * x / 2, sum = 0;
        for (var n = 3; n < 20; n++)
        {
            sum += term;
            term *= x / n;
        }

        return sum;
    }

    private Real KlSlope(double logvar) => IsClamped(logvar) ? 0 : 0.5 * Terms(Exp(logvar), -1).Knowing(ExpMinusOne(logvar));

    /// <summary>Batch size, and the elements of one sample: every axis but the first.</summary>
    private static (int Samples, int Elements) SamplesOf(Tensor tensor)
    {
        var elements = 1;
        foreach (var size in tensor.Shape[1..])
        {
            elements *= size;
        }

        return (tensor.Shape[0], elements);
    }
}
