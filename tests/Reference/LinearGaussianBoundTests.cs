using LatentConformance.Contract;
using LatentConformance.Reference;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

/// <summary>The linear-Gaussian answers solved in float32, by two algorithms each, stay within bounds that carry the condition number.</summary>
[TestFixture]
public sealed class LinearGaussianBoundTests
{
    private static readonly int[][] Sizes = [[4, 2], [3, 3], [2, 4], [12, 5]];

    [Test]
    public void Bound_OfTheEvidenceInFloat32_Holds([ValueSource(nameof(Sizes))] int[] size, [Values(1.5, 0.25, 0.015625)] double s2)
    {
        var (x, w) = Drawn(size);
        var (xs, c) = (Single(x), Covariance(w, s2));
        var factor = c.Cholesky();
        var solved = factor.Solve(xs.Transpose());
        var constant = w.Shape[0] * MathF.Log(2 * MathF.PI);

        var byCholesky = Enumerable.Range(0, x.Shape[0])
            .Select(b => (double)(-0.5f * (constant + factor.DeterminantLn + (xs.Row(b) * solved.Column(b)))));
        var byInverse = Enumerable.Range(0, x.Shape[0])
            .Select(b => (double)(-0.5f * (constant + MathF.Log(c.Determinant()) + (xs.Row(b) * (c.Inverse() * xs.Row(b))))));

        var answer = new ReferenceKernels().LinearGaussianLogEvidence(x, w, s2);
        Assert.That(SinglePrecision.Beyond(answer, [.. byCholesky]), Is.Empty, "Cholesky");
        Assert.That(SinglePrecision.Beyond(answer, [.. byInverse]), Is.Empty, "inverse");
    }

    [Test]
    public void Bound_OfThePosteriorInFloat32_Holds([ValueSource(nameof(Sizes))] int[] size, [Values(1.5, 0.25, 0.015625)] double s2)
    {
        var (x, w) = Drawn(size);
        var (xs, ws, noise) = (Single(x), Single(w), (float)s2);
        var identity = Matrix<float>.Build.DenseIdentity(w.Shape[1]);
        var covariance = ((ws.TransposeThisAndMultiply(ws) / noise) + identity).Inverse();
        var gain = ws.Transpose() * Covariance(w, s2).Inverse();

        var (mean, answer) = new ReferenceKernels().LinearGaussianPosterior(x, w, s2);

        Assert.That(SinglePrecision.Beyond(answer!, ByRows(covariance)), Is.Empty, "precision inverted");
        Assert.That(SinglePrecision.Beyond(answer!, ByRows(identity - (gain * ws))), Is.Empty, "joint conditioned");
        Assert.That(SinglePrecision.Beyond(mean!, ByRows(xs * ws * covariance / noise)), Is.Empty, "precision inverted");
        Assert.That(SinglePrecision.Beyond(mean!, ByRows(xs * gain.Transpose())), Is.Empty, "joint conditioned");
    }

    /// <summary>A condition number in a bound must not swallow the answer where the model is well conditioned.</summary>
    [TestCase(1.5)]
    [TestCase(0.25)]
    public void Bound_OfZerosInFloat32_RejectsThem(double s2)
    {
        var (x, w) = Drawn([4, 2]);
        var evidence = new ReferenceKernels().LinearGaussianLogEvidence(x, w, s2);
        var (mean, covariance) = new ReferenceKernels().LinearGaussianPosterior(x, w, s2);

        foreach (var answer in new[] { evidence, mean!, covariance! })
        {
            Assert.That(SinglePrecision.Beyond(answer, new double[answer.Count]), Is.Not.Empty);
        }
    }

    private static (Tensor X, Tensor W) Drawn(int[] size) =>
        (Tensors.Normal("x", 5, size[0]), Tensors.Normal("w", size[0], size[1]));

    private static Matrix<float> Covariance(Tensor w, double s2) =>
        (Single(w) * Single(w).Transpose()) + ((float)s2 * Matrix<float>.Build.DenseIdentity(w.Shape[0]));

    private static Matrix<float> Single(Tensor tensor) =>
        Matrix<float>.Build.Dense(tensor.Shape[0], tensor.Shape[1], (i, j) => (float)tensor[i, j]);

    private static double[] ByRows(Matrix<float> matrix) => [.. matrix.EnumerateRows().SelectMany(r => r).Select(v => (double)v)];
}
