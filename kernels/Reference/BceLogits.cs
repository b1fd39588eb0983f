using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// Σ max(l, 0) − l x + log1p(e^−|l|): finite for every logit; ∂/∂l = sigmoid(l) − x.
public sealed partial class ReferenceKernels
{
    public Tensor BceLogits(Tensor x, Tensor logits) => PerSample(x, logits, BceLogitsOf, CarefulBceLogitsOf);

    public Tensor BceLogitsVjp(Tensor x, Tensor logits, Tensor dLoss) =>
        PerSampleVjp(x, logits, dLoss, (target, logit) => Terms(Sigmoid(logit), -target) + TanhForm);

    /// <summary>½ (1 + tanh(l/2)) is a sigmoid too, and right to two roundings of one however small the sigmoid.</summary>
    private static readonly Real TanhForm = new(0, new Coefficients(2, 0, 0), 0);

    /// <summary>
    /// With log(1 + e^−|l|), as libraries have long had it: where the model is right by far that is off by a rounding of one, and this bound
    /// says so.
    /// </summary>
    private static Real BceLogitsOf(double x, double logit) =>
        Terms(Math.Max(logit, 0), -((Real)logit * x), Log(1 + Exp(-Math.Abs(logit)))).Knowing(CarefulBceLogitsOf(x, logit).Value);

    private static Real CarefulBceLogitsOf(double x, double logit) =>
        Terms(Math.Max(logit, 0), -((Real)logit * x), Log1P(Exp(-Math.Abs(logit))));

    /// <summary>By the sign of the argument: e^l / (1 + e^l) overflows where 1 / (1 + e^−l) does not.</summary>
    private static Real Sigmoid(double logit)
    {
        var small = Exp(-Math.Abs(logit));
        return logit >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
