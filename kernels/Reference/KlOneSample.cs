using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ log N(z; μ, σ²) − log N(z; 0, 1): its mean over z ~ q is the KL, and it is negative wherever p is the denser of the two.
// ∂/∂z = z − (z − μ)/σ², ∂/∂μ = (z − μ)/σ², ∂/∂lv = ½ ((z − μ)²/σ² − 1); what flows on through z = μ + σ ε is the sampler's.
public sealed partial class ReferenceKernels
{
    public Tensor KlOneSample(Tensor z, Tensor mu, Tensor logvar)
    {
        Refuse.UnlessSameShape(z, mu, logvar);
        var (samples, elements) = SamplesOf(z);
        return Answers.Floats([samples], Answers.Each(samples, b => LogDensity.Joined(
            [.. Enumerable.Range(b * elements, elements).SelectMany(i => (Real[])
                [.. LogDensity.Parts(z[i], mu[i], logvar[i]), .. LogDensity.PriorParts(z[i]).Select(p => -p)])])));
    }

    public (Tensor? DZ, Tensor? DMu, Tensor? DLogvar) KlOneSampleVjp(Tensor z, Tensor mu, Tensor logvar, Tensor dKl)
    {
        Refuse.UnlessSameShape(z, mu, logvar);
        var (_, elements) = SamplesOf(z);
        return (
            Answers.Like(z, i => dKl[i / elements] * Real.Terms(z[i], -LogDensity.Pull(z[i], mu[i], logvar[i]))),
            Answers.Like(z, i => dKl[i / elements] * LogDensity.Pull(z[i], mu[i], logvar[i])),
            Answers.Like(z, i => dKl[i / elements] * LogDensity.SlopeByLogvar(z[i], mu[i], logvar[i])));
    }
}
