using LatentConformance.Contract;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LatentConformance.Reference;

// log p(x) = −½ (M log 2π + log |C| + xᵀC⁻¹x), y = C⁻¹x.
// ∂/∂x = −y, ∂/∂W = y yᵀW − C⁻¹W, ∂/∂s² = ½ (yᵀy − tr C⁻¹).
public sealed partial class ReferenceKernels
{
    public Tensor LinearGaussianLogEvidence(Tensor x, Tensor w, double noiseVariance)
    {
        var model = new LinearGaussian(x, w, noiseVariance);
        var constant = model.Features * Math.Log(2 * Math.PI);
        var logDeterminant = model.C.Cholesky().DeterminantLn;
        return Answers.Floats([model.Samples], Answers.Each(model.Samples, b =>
        {
            var quadratic = model.X.Row(b) * model.Y.Row(b);
            return model.Solved(-0.5 * (constant + logDeterminant + quadratic), constant + Math.Abs(logDeterminant) + quadratic);
        }));
    }

    public (Tensor? DX, Tensor? DW, Tensor? DNoiseVariance) LinearGaussianLogEvidenceVjp(
        Tensor x, Tensor w, double noiseVariance, Tensor dLogEvidence)
    {
        var model = new LinearGaussian(x, w, noiseVariance);
        var upstream = DenseVector.OfArray(dLogEvidence.ToDoubles());
        var weights = DenseMatrix.OfDiagonalVector(upstream);
        var inverse = model.C.Cholesky().Solve(DenseMatrix.CreateIdentity(model.Features));
        var total = upstream.Sum();
        var dx = -(weights * model.Y);
        var outer = model.Y.Transpose() * weights * model.Y;
        var dw = (outer * model.W) - (total * inverse * model.W);
        var ds = 0.5 * (outer.Trace() - (total * inverse.Trace()));
        var size = upstream.L1Norm() * (Math.Pow(model.Y.FrobeniusNorm(), 2) + inverse.FrobeniusNorm());
        return (
            model.Solved(dx, dx.FrobeniusNorm()),
            model.Solved(dw, size * model.W.FrobeniusNorm()),
            Answers.Scalar(model.Solved(ds, size)));
    }
}
