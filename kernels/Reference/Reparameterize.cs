using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// z = μ + σ ε with σ = e^(lv/2); ∂z/∂μ = 1, ∂z/∂lv = ½ σ ε, ∂z/∂ε = σ.
public sealed partial class ReferenceKernels
{
    public Tensor Reparameterize(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon);
        return Answers.Like(mu, i => mu[i] + (Sigma(logvar[i]) * epsilon[i]));
    }

    public (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) ReparameterizeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon, dZ);
        return (
            Answers.Like(mu, i => dZ[i]),
            PastTheClamp(Answers.Like(mu, i => IsClamped(logvar[i]) ? 0 : (Real)dZ[i] * (0.5 * (Sigma(logvar[i]) * epsilon[i]))), logvar),
            Answers.Like(mu, i => dZ[i] * Sigma(logvar[i])));
    }

    /// <summary>e^(lv/2); √(e^lv) is as good where e^lv does not overflow, and its bound is within this one.</summary>
    private Real Sigma(double logvar) => Exp(0.5 * (Real)Clamped(logvar));
}
