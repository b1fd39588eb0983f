using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// −Σ x log(x̂ + ε) + (1 − x) log(1 − x̂ + ε), ε = 1e-8 inside both logarithms as the documents have it.
// ∂/∂x̂ = −(x/(x̂ + ε) − (1 − x)/(1 − x̂ + ε)).
// In float32 x̂ + 1e-8 is x̂ unless x̂ is tiny, and 1 − x̂ + 1e-8 is 1 − x̂ likewise: the bound has to allow for it,
// because ε is a quarter of an ulp of one there. At x̂ exactly 0 or 1 the ε is all there is, and is exact enough.
public sealed partial class ReferenceKernels
{
    /// <summary>Carries the error of storing it: float16 cannot hold 1e-8 at all, and its cases drop out by this bound.</summary>
    private static readonly Real BceEpsilon = new(1e-8, new Coefficients(1e-8, 0, 1), 1e-8);

    public Tensor Bce(Tensor x, Tensor xHat)
    {
        RefuseUnlessProbabilities(x, xHat);
        return PerSample(x, xHat, BceOf);
    }

    public Tensor BceVjp(Tensor x, Tensor xHat, Tensor dLoss)
    {
        RefuseUnlessProbabilities(x, xHat);
        return PerSampleVjp(x, xHat, dLoss, BceSlope);
    }

    private static Real BceOf(double x, double xHat) =>
        Guarded(xHat, -Terms(
            (Real)x * Log((Real)xHat + BceEpsilon),
            ((Real)1 - x) * Log(((Real)1 - xHat) + BceEpsilon)));

    private static Real BceSlope(double x, double xHat) =>
        Guarded(xHat, -Terms(
            x / ((Real)xHat + BceEpsilon),
            -(((Real)1 - x) / (((Real)1 - xHat) + BceEpsilon))));

    /// <summary>
    /// At x̂ of exactly 0 or 1 a type that flushes ε to zero computes 0 · log 0, however small the weight before the
    /// logarithm: the bound grows by what is lost of ε, so that such a case does not suit that type.
    /// </summary>
    private static Real Guarded(double xHat, Real value) =>
        xHat is 0 or 1 ? value with { Error = value.Error + new Coefficients(0, 0, 1 / BceEpsilon.Value) } : value;

    private static void RefuseUnlessProbabilities(Tensor x, Tensor xHat)
    {
        Refuse.UnlessSameShape(x, xHat);
        for (var i = 0; i < xHat.Count; i++)
        {
            if (xHat[i] is < 0 or > 1)
            {
                throw new RefusalException($"x_hat holds {xHat[i]}: a probability is in [0, 1]; for logits there is bce_logits");
            }
        }
    }
}
