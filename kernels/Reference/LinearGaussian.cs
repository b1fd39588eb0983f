using LatentConformance.Contract;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LatentConformance.Reference;

/// <summary>
/// z ~ N(0, I), x | z ~ N(W z, s² I), solved exactly: C = W Wᵀ + s² I, A = I + WᵀW / s², S = A⁻¹. Solving with C or A
/// loses up to the condition number, so the bounds of what is solved carry it.
/// </summary>
internal sealed class LinearGaussian
{
    /// <summary>Cholesky and two triangular solves in n unknowns err by a small multiple of n κ u.</summary>
    public const double SolveConstant = 8;

    public LinearGaussian(Tensor x, Tensor w, double noiseVariance)
    {
        Refuse.UnlessPositive("noise_variance", noiseVariance);
        if (x.Shape[1] != w.Shape[0])
        {
            throw new RefusalException($"x has {x.Shape[1]} features and w {w.Shape[0]} rows");
        }

        S2 = noiseVariance;
        W = DenseMatrix.Create(w.Shape[0], w.Shape[1], (i, j) => w[i, j]);
        X = DenseMatrix.Create(x.Shape[0], x.Shape[1], (i, j) => x[i, j]);
        C = (W * W.Transpose()) + (S2 * DenseMatrix.CreateIdentity(Features));
        A = (W.TransposeThisAndMultiply(W) / S2) + DenseMatrix.CreateIdentity(Latents);
        Condition = C.ConditionNumber();
        S = A.Cholesky().Solve(DenseMatrix.CreateIdentity(Latents));
        Y = C.Cholesky().Solve(X.Transpose()).Transpose();
        Mean = X * W * S / S2;
    }

    public double S2 { get; }

    public Matrix<double> W { get; }

    public Matrix<double> X { get; }

    /// <summary>Covariance of x.</summary>
    public Matrix<double> C { get; }

    /// <summary>Precision of z given x.</summary>
    public Matrix<double> A { get; }

    /// <summary>Covariance of z given x.</summary>
    public Matrix<double> S { get; }

    /// <summary>C⁻¹x, a sample a row.</summary>
    public Matrix<double> Y { get; }

    /// <summary>Posterior mean, a sample a row.</summary>
    public Matrix<double> Mean { get; }

    public double Condition { get; }

    public int Samples => X.RowCount;

    public int Features => W.RowCount;

    public int Latents => W.ColumnCount;

    /// <summary>A solved value: its error is relative to the magnitude of what was added up to make it.</summary>
    public Real Solved(double value, double magnitude) =>
        new(value, new Coefficients(SolveConstant * Math.Max(Features, Latents) * Condition * magnitude, 0, 1), Math.Max(magnitude, Condition));

    public Tensor Solved(Matrix<double> values, double magnitude) =>
        Answers.Matrix(values.RowCount, values.ColumnCount, (i, j) => Solved(values[i, j], magnitude));
}
