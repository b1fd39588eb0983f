using LatentConformance.Contract;

namespace LatentConformance.Reference;

// argmax_z N(z; μ, σ²) = μ, whatever σ and the noise are: the identity by μ, nothing by the others. Nothing is computed.
public sealed partial class ReferenceKernels
{
    public Tensor PosteriorMode(Tensor mu, Tensor logvar, Tensor epsilon)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon);
        return Answers.Like(mu, i => mu[i]);
    }

    public (Tensor? DMu, Tensor? DLogvar, Tensor? DEpsilon) PosteriorModeVjp(Tensor mu, Tensor logvar, Tensor epsilon, Tensor dZ)
    {
        Refuse.UnlessSameShape(mu, logvar, epsilon, dZ);
        return (Answers.Like(mu, i => dZ[i]), Answers.Zeros(logvar), Answers.Zeros(epsilon));
    }
}
