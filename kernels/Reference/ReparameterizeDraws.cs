using LatentConformance.Contract;

namespace LatentConformance.Reference;

// z_t = μ + σ ε_t, t = 1 … T. μ and σ serve all draws, so their gradients sum over t: Σ d_t, Σ d_t ½ σ ε_t; ∂z_t/∂ε_t = σ.
public sealed partial class ReferenceKernels
{
    public Tensor ReparameterizeDraws(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        RefuseUnlessDraws(mu, logvar, epsilon);
        return Answers.Like(epsilon, i => mu[i % mu.Count] + (SigmaOf(logvar[i % mu.Count]) * epsilon[i]));
    }

    public (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) ReparameterizeDrawsVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        RefuseUnlessDraws(mu, logvar, epsilon);
        var draws = epsilon.Shape[0];
        return (
            Answers.Like(mu, i => Answers.Sum(draws, t => dZ[(t * mu.Count) + i])),
            Answers.Like(mu, i => Answers.Sum(draws, t =>
                (Real)dZ[(t * mu.Count) + i] * (0.5 * (SigmaOf(logvar[i]) * epsilon[(t * mu.Count) + i])))),
            Answers.Like(epsilon, i => dZ[i] * SigmaOf(logvar[i % mu.Count])));
    }

    /// <summary>Without the clamp of the convention, which this operation does not honour.</summary>
    private static Real SigmaOf(double logvar) => Real.Exp(0.5 * (Real)logvar);

    private static void RefuseUnlessDraws(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Refuse.UnlessSameShape(mu, logvar);
        if (!epsilon.Shape[1..].SequenceEqual(mu.Shape))
        {
            throw new RefusalException($"noise of shape {Tensor.Show(epsilon.Shape)} for latents {Tensor.Show(mu.Shape)}; it is that after an axis of draws");
        }
    }
}
