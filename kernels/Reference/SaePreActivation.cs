using LatentConformance.Contract;

namespace LatentConformance.Reference;

// pre_j = w_j · (x − b_dec) + b_enc_j. With d the gradient at pre: ∂/∂x = Σ_j d_j w_j, ∂/∂w_j = d_j (x − b_dec), ∂/∂b_enc = d,
// ∂/∂b_dec = −∂/∂x, over the batch.
public sealed partial class ReferenceKernels : ISparseFeatures
{
    public Tensor SaePreActivation(Tensor x, Tensor wEnc, Tensor bEnc, Tensor bDec)
    {
        RefuseUnlessSaeEncoder(x, wEnc, bEnc, bDec);
        return Answers.Matrix(x.Shape[0], wEnc.Shape[0], (b, j) =>
            Answers.Sum(x.Shape[1], d => wEnc[j, d] * ((Real)x[b, d] - bDec[d])) + bEnc[j]);
    }

    public (Tensor? DX, Tensor? DWEnc, Tensor? DBEnc, Tensor? DBDec) SaePreActivationVjp(Tensor x, Tensor wEnc, Tensor bEnc, Tensor bDec, Tensor dPre)
    {
        RefuseUnlessSaeEncoder(x, wEnc, bEnc, bDec);
        var (samples, units, dimensions) = (x.Shape[0], wEnc.Shape[0], x.Shape[1]);
        var dX = Each(samples, dimensions, (b, d) => Answers.Sum(units, j => (Real)dPre[b, j] * wEnc[j, d]));
        return (
            Answers.Matrix(samples, dimensions, (b, d) => dX[b][d]),
            Answers.Matrix(units, dimensions, (j, d) => Answers.Sum(samples, b => dPre[b, j] * ((Real)x[b, d] - bDec[d]))),
            Answers.Floats([units], Answers.Each(units, j => Answers.Sum(samples, b => dPre[b, j]))),
            Answers.Floats([dimensions], Answers.Each(dimensions, d => -Answers.Sum(samples, b => dX[b][d]))));
    }

    private static void RefuseUnlessSaeEncoder(Tensor x, Tensor wEnc, Tensor bEnc, Tensor bDec)
    {
        if (wEnc.Shape[1] != x.Shape[1] || bDec.Shape[0] != x.Shape[1] || bEnc.Shape[0] != wEnc.Shape[0])
        {
            throw new RefusalException(
                $"weights {Tensor.Show(wEnc.Shape)}, b_enc {Tensor.Show(bEnc.Shape)} and b_dec {Tensor.Show(bDec.Shape)} for inputs {Tensor.Show(x.Shape)}");
        }
    }
}
