using LatentConformance.Contract;

namespace LatentConformance.Reference;

// e = x − b_dec − D h, r = D h_aux − sg(e); loss = ‖e‖² + c ‖r‖². ∂/∂h = −2 Dᵀ e: the stopped e keeps the dead features' task from
// pulling at the living ones. ∂/∂h_aux = 2c Dᵀ r, ∂/∂D = 2 (c r h_auxᵀ − e hᵀ), ∂/∂b_dec = −2 e.
public sealed partial class ReferenceKernels
{
    public (Tensor? Loss, Tensor? Reconstruction, Tensor? Aux) AuxkLoss(Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec, double coefficient)
    {
        RefuseUnlessAuxk(x, h, hAux, decoder, bDec, coefficient);
        var (missed, left) = Errors(x, h, hAux, decoder, bDec);
        var (reconstruction, aux) = (SquaredNorms(missed), SquaredNorms(left));
        int[] shape = [x.Shape[0]];
        return (
            Answers.Floats(shape, Answers.Each(x.Shape[0], b => reconstruction[b] + (coefficient * aux[b]))),
            Answers.Floats(shape, reconstruction),
            Answers.Floats(shape, aux));
    }

    public (Tensor? DH, Tensor? DHAux, Tensor? DDecoder, Tensor? DBDec) AuxkLossVjp(
        Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec, double coefficient, Tensor dLoss)
    {
        RefuseUnlessAuxk(x, h, hAux, decoder, bDec, coefficient);
        var (missed, left) = Errors(x, h, hAux, decoder, bDec);
        var (samples, dimensions, features) = (x.Shape[0], x.Shape[1], h.Shape[1]);
        Real ToMissed(int b, int d) => dLoss[b] * (2 * missed[b][d]);
        Real ToLeft(int b, int d) => dLoss[b] * (coefficient * (2 * left[b][d]));
        return (
            Answers.Matrix(samples, features, (b, j) => -Answers.Sum(dimensions, d => ToMissed(b, d) * decoder[d, j])),
            Answers.Matrix(samples, features, (b, j) => Answers.Sum(dimensions, d => ToLeft(b, d) * decoder[d, j])),
            Answers.Matrix(dimensions, features, (d, j) =>
                Answers.Sum(samples, b => Real.Terms(ToLeft(b, d) * hAux[b, j], -(ToMissed(b, d) * h[b, j])))),
            Answers.Floats([dimensions], Answers.Each(dimensions, d => -Answers.Sum(samples, b => ToMissed(b, d)))));
    }

    /// <summary>e and r, sample by sample.</summary>
    private static (Real[][] Missed, Real[][] Left) Errors(Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec)
    {
        Real Made(Tensor of, int b, int d) => Answers.Sum(of.Shape[1], j => (Real)of[b, j] * decoder[d, j]);
        var missed = Each(x.Shape[0], x.Shape[1], (b, d) => Real.Terms(x[b, d], -Made(h, b, d), -(Real)bDec[d]));
        return (missed, Each(x.Shape[0], x.Shape[1], (b, d) => Made(hAux, b, d) - missed[b][d]));
    }

    private static Real[] SquaredNorms(Real[][] rows) => [.. rows.Select(row => Real.Sum([.. row.Select(e => e * e)]))];

    private static void RefuseUnlessAuxk(Tensor x, Tensor h, Tensor hAux, Tensor decoder, Tensor bDec, double coefficient)
    {
        Refuse.UnlessSameShape(h, hAux);
        Refuse.UnlessFiniteAndNotNegative("coefficient", coefficient);
        RefuseUnlessDecoder(h, decoder);
        if (x.Shape[0] != h.Shape[0] || decoder.Shape[0] != x.Shape[1] || bDec.Shape[0] != x.Shape[1])
        {
            throw new RefusalException(
                $"x {Tensor.Show(x.Shape)}, h {Tensor.Show(h.Shape)}, decoder {Tensor.Show(decoder.Shape)} and b_dec {Tensor.Show(bDec.Shape)} do not fit");
        }
    }
}
