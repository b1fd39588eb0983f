using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// KL(q ‖ p) = ½ Σ (lp − lq + (e^lq + Δ²)/e^lp − 1), Δ = mu_q − mu_p.
// ∂/∂mu_q = Δ/e^lp = −∂/∂mu_p, ∂/∂lq = ½ (e^(lq−lp) − 1), ∂/∂lp = ½ (1 − (e^lq + Δ²)/e^lp).
public sealed partial class ReferenceKernels
{
    public Tensor KlGaussians(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP)
    {
        Refuse.UnlessSameShape(muQ, logvarQ, muP, logvarP);
        var (samples, elements) = SamplesOf(muQ);
        var ordinary = Answers.Each(samples, b => KlGaussiansOfSample(muQ, logvarQ, muP, logvarP, b, elements));
        return conventions.Reduce(ordinary, elements);
    }

    public (Tensor? DMuQ, Tensor? DLogvarQ, Tensor? DMuP, Tensor? DLogvarP) KlGaussiansVjp(
        Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, Tensor dKl)
    {
        Refuse.UnlessSameShape(muQ, logvarQ, muP, logvarP);
        var (samples, elements) = SamplesOf(muQ);
        Real Upstream(int i) => conventions.Spread(dKl, i / elements, samples, elements);
        Real Pull(int i) => Upstream(i) * (((Real)muQ[i] - muP[i]) / Exp(logvarP[i]));
        return (
            Answers.Like(muQ, Pull),
            Answers.Like(muQ, i => Upstream(i) * (0.5 * Terms(VarianceRatio(logvarQ[i], logvarP[i]), -1))),
            Answers.Like(muQ, i => -Pull(i)),
            Answers.Like(muQ, i => Upstream(i) * (0.5 * Terms(1, -VarianceRatio(logvarQ[i], logvarP[i]), -ShiftTerm(muQ[i], muP[i], logvarP[i])))));
    }

    private static Real KlGaussiansOfSample(Tensor muQ, Tensor logvarQ, Tensor muP, Tensor logvarP, int sample, int elements)
    {
        var parts = new List<Real>(5 * elements);
        for (var i = sample * elements; i < (sample + 1) * elements; i++)
        {
            parts.AddRange([
                logvarP[i],
                -logvarQ[i],
                VarianceRatio(logvarQ[i], logvarP[i]),
                ShiftTerm(muQ[i], muP[i], logvarP[i]),
                -1]);
        }

        var magnitude = parts.Sum(p => Math.Abs(p.Value));
        var sum = Sum(parts);
        return 0.5 * (sum with { Error = sum.Error + new Coefficients(4 * magnitude, 0, 0) });
    }

    /// <summary>e^lq / e^lp: two exponentials and a division, as most code writes it; one exponential errs less.</summary>
    private static Real VarianceRatio(double logvarQ, double logvarP) => Exp(logvarQ) / Exp(logvarP);

    private static Real ShiftTerm(double muQ, double muP, double logvarP)
    {
        var shift = (Real)muQ - muP;
        return shift * shift / Exp(logvarP);
    }
}
