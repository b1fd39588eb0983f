using LatentConformance.Contract;
using MathNet.Numerics.LinearAlgebra;

namespace LatentConformance.Tests.Reference;

/// <summary>
/// The linear-Gaussian model again, without a Cholesky factor: singular values for the evidence, conditioning of the
/// joint Gaussian for the posterior, quadrature over the plane of latents for what is an integral by definition.
/// </summary>
internal sealed class LinearGaussianModel(IReadOnlyDictionary<string, Tensor> inputs)
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly Matrix<double> w = AsMatrix(inputs["w"]);
    private readonly Matrix<double> x = AsMatrix(inputs["x"]);
    private readonly double s2 = inputs["noise_variance"][0];

    public int Samples => x.RowCount;

    public int Latents => w.ColumnCount;

    private int Features => w.RowCount;

    /// <summary>
    /// With W = U diag(d) Vᵀ: log|C| = Σ log(d² + s²) + (M − r) log s², and C⁻¹ shrinks xᵀx along each u by d²/(d² + s²).
    /// </summary>
    public Estimate LogEvidence(int sample)
    {
        var svd = w.Svd();
        var row = x.Row(sample);
        var terms = new List<double> { Features * LogTwoPi, (Features - svd.S.Count) * Math.Log(s2), row * row / s2 };
        for (var i = 0; i < svd.S.Count; i++)
        {
            var (d2, along) = (svd.S[i] * svd.S[i], row * svd.U.Column(i));
            terms.Add(Math.Log(d2 + s2));
            terms.Add(-d2 / (d2 + s2) * along * along / s2);
        }

        return -0.5 * Estimate.Sum(terms);
    }

    /// <summary>log ∫ N(z; 0, I) N(x; W z, s² I) dz.</summary>
    public Estimate LogEvidenceByQuadrature(int sample) =>
        Estimate.Log(Quadrature.Normal((s, t) => Math.Exp(LogLikelihood(sample, s, t))));

    /// <summary>E_q[log p(x | z)].</summary>
    public Estimate Reconstruction(int sample) =>
        Quadrature.Normal((s, t) => LogLikelihood(sample, Z(sample, 0, s), Z(sample, 1, t)));

    /// <summary>E_q[log q(z) − log p(z | x)], with the posterior as prior times likelihood over evidence.</summary>
    public Estimate Gap(int sample) =>
        Quadrature.Normal(
            (s, t) => -((s * s) + (t * t)) / 2,
            (_, _) => -(inputs["logvar"][sample, 0] + inputs["logvar"][sample, 1]) / 2,
            (s, t) => (Math.Pow(Z(sample, 0, s), 2) + Math.Pow(Z(sample, 1, t), 2)) / 2,
            (s, t) => -LogLikelihood(sample, Z(sample, 0, s), Z(sample, 1, t)))
        + LogEvidence(sample);

    /// <summary>z given x from the joint Gaussian: Cov(z, x) Cov(x)⁻¹ x, and I − Cov(z, x) Cov(x)⁻¹ Cov(x, z).</summary>
    public (Matrix<double> Mean, Matrix<double> Covariance) Posterior()
    {
        var gain = w.Transpose() * ((w * w.Transpose()) + (s2 * Identity(Features))).Inverse();
        return (x * gain.Transpose(), Identity(Latents) - (gain * w));
    }

    private static Matrix<double> Identity(int n) => Matrix<double>.Build.DenseIdentity(n);

    private static Matrix<double> AsMatrix(Tensor tensor) =>
        Matrix<double>.Build.Dense(tensor.Shape[0], tensor.Shape[1], (i, j) => tensor[i, j]);

    private double Z(int sample, int latent, double t) =>
        inputs["mu"][sample, latent] + (Math.Exp(inputs["logvar"][sample, latent] / 2) * t);

    /// <summary>log N(x; W z, s² I) for z in the plane.</summary>
    private double LogLikelihood(int sample, double z0, double z1)
    {
        double misfit = 0;
        for (var m = 0; m < Features; m++)
        {
            misfit += Math.Pow(x[sample, m] - (w[m, 0] * z0) - (w[m, 1] * z1), 2);
        }

        return -0.5 * ((Features * (LogTwoPi + Math.Log(s2))) + (misfit / s2));
    }
}
