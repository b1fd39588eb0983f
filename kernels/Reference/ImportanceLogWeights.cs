using LatentConformance.Contract;

namespace LatentConformance.Reference;

// lw_k = log p(x|z_k) + log p(z_k) − log q(z_k|x): each once, over every group of the latent. A reconstruction that has a KL in
// it already, or a group that was not drawn, gives a bound on nothing.
// ∂/∂ll = 1, ∂/∂z = (z − μ)/σ² − z, ∂/∂μ = −Σ_k (z_k − μ)/σ², ∂/∂lv = −Σ_k ½ ((z_k − μ)²/σ² − 1).
public sealed partial class ReferenceKernels
{
    public Tensor ImportanceLogWeights(Tensor logLikelihood, Tensor z, Tensor mu, Tensor logvar)
    {
        RefuseUnlessDrawn(logLikelihood, z, mu, logvar);
        var width = mu.Shape[1];
        return Answers.Matrix(z.Shape[0], z.Shape[1], (b, k) => LogDensity.Joined(
        [
            logLikelihood[b, k],
            .. Enumerable.Range(0, width).SelectMany(d =>
            {
                var drawn = z[(((b * z.Shape[1]) + k) * width) + d];
                return (Real[])[.. LogDensity.PriorParts(drawn), .. LogDensity.Parts(drawn, mu[b, d], logvar[b, d]).Select(p => -p)];
            }),
        ]));
    }

    public (Tensor? DLogLikelihood, Tensor? DZ, Tensor? DMu, Tensor? DLogvar) ImportanceLogWeightsVjp(
        Tensor logLikelihood, Tensor z, Tensor mu, Tensor logvar, Tensor dLogWeights)
    {
        RefuseUnlessDrawn(logLikelihood, z, mu, logvar);
        var (draws, width) = (z.Shape[1], mu.Shape[1]);
        Tensor OverDraws(Func<double, double, double, Real> slope) => Answers.Matrix(mu.Shape[0], width, (b, d) => -Answers.Sum(draws, k =>
            dLogWeights[b, k] * slope(z[(((b * draws) + k) * width) + d], mu[b, d], logvar[b, d])));
        return (
            Answers.Like(logLikelihood, i => dLogWeights[i]),
            Answers.Like(z, i =>
            {
                var (b, d) = (i / width / draws, i % width);
                return dLogWeights[i / width] * Real.Terms(LogDensity.Pull(z[i], mu[b, d], logvar[b, d]), -z[i]);
            }),
            OverDraws(LogDensity.Pull),
            OverDraws(LogDensity.SlopeByLogvar));
    }

    private static void RefuseUnlessDrawn(Tensor logLikelihood, Tensor z, Tensor mu, Tensor logvar)
    {
        Refuse.UnlessSameShape(mu, logvar);
        if (!z.Shape[..2].SequenceEqual(logLikelihood.Shape) || z.Shape[0] != mu.Shape[0] || z.Shape[2] != mu.Shape[1])
        {
            throw new RefusalException($"draws {Tensor.Show(z.Shape)} of latents {Tensor.Show(mu.Shape)} with likelihoods {Tensor.Show(logLikelihood.Shape)}");
        }
    }
}
