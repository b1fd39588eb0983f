using LatentConformance.Contract;

namespace LatentConformance.Reference;

// KL(q ‖ p(z | x)) = ½ (tr(A V) + δᵀA δ − D − log |A| − Σ lv), δ = m − μ, V = diag e^lv: computed by itself, so that
// log p(x) − ELBO = gap is a statement about three answers and not a definition.
public sealed partial class ReferenceKernels
{
    public Tensor LinearGaussianGap(Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar)
    {
        RefuseUnlessModelFits(x, w, noiseVariance, mu, logvar);
        var model = new LinearGaussian(x, w, noiseVariance);
        var logDeterminant = model.A.Cholesky().DeterminantLn;
        return Answers.Floats([model.Samples], Answers.Each(model.Samples, b =>
        {
            double trace = 0, logs = 0, magnitude = model.Latents + Math.Abs(logDeterminant);
            for (var j = 0; j < model.Latents; j++)
            {
                trace += model.A[j, j] * Math.Exp(logvar[b, j]);
                logs += logvar[b, j];
                magnitude += Math.Abs(logvar[b, j]);
            }

            var delta = model.Mean.Row(b) - MathNet.Numerics.LinearAlgebra.Double.DenseVector.Create(model.Latents, j => mu[b, j]);
            var quadratic = delta * (model.A * delta);
            return model.Solved(0.5 * (trace + quadratic - model.Latents - logDeterminant - logs), magnitude + trace + quadratic);
        }));
    }

    /// <summary>The gap is log p(x) − ELBO, so its gradient is the difference of theirs.</summary>
    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianGapVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dGap)
    {
        var evidence = LinearGaussianLogEvidenceVjp(x, w, noiseVariance, dGap);
        var elbo = LinearGaussianElboVjp(x, w, noiseVariance, mu, logvar, dGap);
        return (
            Difference(evidence.DX!, elbo.DX!),
            Difference(evidence.DW!, elbo.DW!),
            Difference(evidence.DNoiseVariance!, elbo.DNoiseVariance!),
            Difference(Answers.Zeros(mu), elbo.DMu!),
            Difference(Answers.Zeros(mu), elbo.DLogvar!));
    }

    private static Tensor Difference(Tensor a, Tensor b) => Answers.Like(a, i => Part(a, i) - Part(b, i));

    private static Real Part(Tensor tensor, int i) => new(tensor[i], tensor.Tolerance!.Ordinary[i], tensor.Tolerance.Peak);
}
