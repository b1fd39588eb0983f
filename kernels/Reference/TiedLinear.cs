using LatentConformance.Contract;

namespace LatentConformance.Reference;

// z = w x, x̂ = wᵀ z. With d the gradient at x̂: ∂/∂x = wᵀ (w d), ∂/∂w = (w d) xᵀ + z dᵀ, the encoder's part and the decoder's.
public sealed partial class ReferenceKernels
{
    public Tensor TiedLinear(Tensor x, Tensor w)
    {
        RefuseUnlessTied(x, w);
        return Decoded(Encoded(x, w), w);
    }

    public (Tensor? DX, Tensor? DW) TiedLinearVjp(Tensor x, Tensor w, Tensor dXHat)
    {
        RefuseUnlessTied(x, w);
        var (z, dZ) = (Encoded(x, w), Encoded(dXHat, w));
        return (
            Decoded(dZ, w),
            Answers.Matrix(w.Shape[0], w.Shape[1], (j, d) =>
                Answers.Sum(x.Shape[0], b => Real.Terms(dZ[b][j] * x[b, d], z[b][j] * dXHat[b, d]))));
    }

    private static Real[][] Encoded(Tensor x, Tensor w) =>
        Each(x.Shape[0], w.Shape[0], (b, j) => Answers.Sum(w.Shape[1], d => (Real)x[b, d] * w[j, d]));

    private static Tensor Decoded(Real[][] z, Tensor w) =>
        Answers.Matrix(z.Length, w.Shape[1], (b, d) => Answers.Sum(w.Shape[0], j => z[b][j] * w[j, d]));

    private static void RefuseUnlessTied(Tensor x, Tensor w)
    {
        if (w.Shape[1] != x.Shape[1])
        {
            throw new RefusalException($"weights {Tensor.Show(w.Shape)} for inputs {Tensor.Show(x.Shape)}");
        }
    }
}
