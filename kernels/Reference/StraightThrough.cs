using LatentConformance.Contract;

namespace LatentConformance.Reference;

// z + sg(quantized − z): value quantized, ∂/∂z the identity, ∂/∂quantized nothing.
public sealed partial class ReferenceKernels
{
    public Tensor StraightThrough(Tensor z, Tensor quantized)
    {
        Refuse.UnlessSameShape(z, quantized);
        return Answers.Like(z, i => new Real(
            quantized[i],
            new Coefficients(Math.Abs(quantized[i] - z[i]) + Math.Abs(quantized[i]), 0, 0),
            Math.Abs(z[i]) + Math.Abs(quantized[i])));
    }

    public (Tensor? DZ, Tensor? DQuantized) StraightThroughVjp(Tensor z, Tensor quantized, Tensor dOutput)
    {
        Refuse.UnlessSameShape(z, quantized, dOutput);
        return (Answers.Like(z, i => dOutput[i]), Answers.Zeros(quantized));
    }
}
