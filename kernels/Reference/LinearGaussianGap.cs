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

    /// <summary>
    /// The gap is log p(x) − ELBO, so its gradient is the difference of theirs; that of mu is also −A δ, which code has that
    /// differentiates the formula above.
    /// </summary>
    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance, Tensor? DMu, Tensor? DLogvar) LinearGaussianGapVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor mu, Tensor logvar, Tensor dGap)
    {
        var evidence = LinearGaussianLogEvidenceVjp(x, w, noiseVariance, dGap);
        var elbo = LinearGaussianElboVjp(x, w, noiseVariance, mu, logvar, dGap);
        return (
            Difference(evidence.DX!, elbo.DX!),
            Difference(evidence.DW!, elbo.DW!),
            Difference(evidence.DNoiseVariance!, elbo.DNoiseVariance!),
            ByEitherWay(Difference(Answers.Zeros(mu), elbo.DMu!), new LinearGaussian(x, w, noiseVariance), mu, dGap),
            Difference(Answers.Zeros(mu), elbo.DLogvar!));
    }

    /// <summary>
    /// m as Cholesky solves for it satisfies (A + E) m = Wᵀx / s² with |E_jk| of n u √(A_jj A_kk), so A (m − μ) is off by that
    /// times m, by the roundings of the product and by those of Wᵀx / s²; the condition number has no part in it.
    /// </summary>
    private static Tensor ByEitherWay(Tensor dMu, LinearGaussian model, Tensor mu, Tensor dGap) => Answers.Like(dMu, i =>
    {
        var (b, j) = (i / model.Latents, i % model.Latents);
        var solved = Enumerable.Range(0, model.Latents).Sum(k =>
            Math.Sqrt(model.A[j, j] * model.A[k, k]) * (Math.Abs(model.Mean[b, k]) + Math.Abs(mu[b, k])));
        var projected = Enumerable.Range(0, model.Features).Sum(m => Math.Abs(model.W[m, j] * model.X[b, m])) / model.S2;
        var roundings = (LinearGaussian.SolveConstant * model.Latents * solved) + ((model.Features + 1) * projected);
        var formula = Part(dMu, i);
        return formula with { Error = formula.Error + new Coefficients(Math.Abs(dGap[b]) * roundings, 0, 0) };
    });

    private static Tensor Difference(Tensor a, Tensor b) => Answers.Like(a, i => Part(a, i) - Part(b, i));

    private static Real Part(Tensor tensor, int i) => new(tensor[i], tensor.Tolerance!.Ordinary[i], tensor.Tolerance.Peak);
}
