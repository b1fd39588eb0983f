using LatentConformance.Contract;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LatentConformance.Reference;

// S = A⁻¹, m = S Wᵀx / s². Backwards: r = S g_m; with H = g_S + Σ g_m (Wᵀx/s²)ᵀ and Γ = −S H S the gradient of A,
// ∂W = (W (Γ + Γᵀ) + Σ x rᵀ) / s², ∂x = W r / s², ∂s² = −(tr(Γᵀ WᵀW) + Σ rᵀWᵀx) / s⁴.
public sealed partial class ReferenceKernels
{
    public (Tensor? Mean, Tensor? Covariance) LinearGaussianPosterior(Tensor x, Tensor w, double noiseVariance)
    {
        var model = new LinearGaussian(x, w, noiseVariance);
        return (
            model.Solved(model.Mean, model.Mean.FrobeniusNorm()),
            model.Solved(model.S, model.S.FrobeniusNorm()));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) LinearGaussianPosteriorVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor dMean, Tensor dCovariance)
    {
        var model = new LinearGaussian(x, w, noiseVariance);
        var gMean = AsMatrix(dMean);
        var r = gMean * model.S;
        var projected = model.X * model.W / model.S2;
        var h = AsMatrix(dCovariance) + (gMean.Transpose() * projected);
        var gamma = -(model.S * h * model.S);
        var dx = r * model.W.Transpose() / model.S2;
        var dw = ((model.W * (gamma + gamma.Transpose())) + (model.X.Transpose() * r)) / model.S2;
        var gram = model.W.Transpose() * model.W;
        var throughMean = r.PointwiseMultiply(projected).RowSums().Sum() / model.S2;
        var throughA = gamma.PointwiseMultiply(gram).RowSums().Sum() / (model.S2 * model.S2);
        var size = ((gamma.FrobeniusNorm() * model.W.FrobeniusNorm()) + (model.X.FrobeniusNorm() * r.FrobeniusNorm())) / model.S2;
        return (
            model.Solved(dx, dx.FrobeniusNorm()),
            model.Solved(dw, size),
            Answers.Scalar(model.Solved(-(throughA + throughMean), size * model.W.FrobeniusNorm() / model.S2)));
    }

    private static Matrix<double> AsMatrix(Tensor tensor) =>
        DenseMatrix.Create(tensor.Shape[0], tensor.Shape[1], (i, j) => tensor[i, j]);
}
