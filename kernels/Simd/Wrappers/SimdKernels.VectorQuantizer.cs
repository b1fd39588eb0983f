using LatentConformance.Contract;

namespace LatentConformance.Simd;

public sealed partial class SimdKernels : IVectorQuantizer
{
    Tensor IVectorQuantizer.VqAssign(Tensor z, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var indices = new long[z.Shape[0]];
        VqAssign.Forward(z.Float32, codebook.Float32, indices, codebook.Shape[0], z.Shape[1]);
        return Vector(indices);
    }

    (Tensor? Quantized, Tensor? Indices) IVectorQuantizer.VqQuantize(Tensor z, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var (quantized, indices) = (new float[z.Count], new long[z.Shape[0]]);
        VqQuantize.Forward(z.Float32, codebook.Float32, quantized, indices, codebook.Shape[0], z.Shape[1]);
        return (Like(z, quantized), Vector(indices));
    }

    (Tensor? DZ, Tensor? DCodebook) IVectorQuantizer.VqQuantizeVjp(Tensor z, Tensor codebook, Tensor dQuantized) =>
        StraightToZ(z, codebook, dQuantized);

    (Tensor? Quantized, Tensor? Indices) IVectorQuantizer.VqQuantizeMap(Tensor z, Tensor codebook)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        int[] sites = [z.Shape[0], z.Shape[2], z.Shape[3]];
        var (quantized, indices) = (new float[z.Count], new long[Tensor.CountOf(sites)]);
        VqQuantizeMap.Forward(z.Float32, codebook.Float32, quantized, indices, z.Shape[0], codebook.Shape[0], z.Shape[1]);
        return (Like(z, quantized), new Tensor(sites, indices));
    }

    (Tensor? DZ, Tensor? DCodebook) IVectorQuantizer.VqQuantizeMapVjp(Tensor z, Tensor codebook, Tensor dQuantized) =>
        StraightToZ(z, codebook, dQuantized);

    Tensor IVectorQuantizer.StraightThrough(Tensor z, Tensor quantized)
    {
        Refuse.UnlessSameShape(z, quantized);
        var output = new float[z.Count];
        StraightThrough.Forward(quantized.Float32, output);
        return Like(z, output);
    }

    (Tensor? DZ, Tensor? DQuantized) IVectorQuantizer.StraightThroughVjp(Tensor z, Tensor quantized, Tensor dOutput)
    {
        Refuse.UnlessSameShape(z, quantized, dOutput);
        var (dZ, dQuantized) = (new float[z.Count], new float[z.Count]);
        StraightThrough.Vjp(dOutput.Float32, dZ, dQuantized);
        return (Like(z, dZ), Like(z, dQuantized));
    }

    Tensor IVectorQuantizer.CodebookLoss(Tensor z, Tensor codebook) => Terms(z, codebook, 0).Term;

    (Tensor? DZ, Tensor? DCodebook) IVectorQuantizer.CodebookLossVjp(Tensor z, Tensor codebook, Tensor dLoss) =>
        Routed(z, codebook, toEncoder: 0, toCodebook: 1, dLoss);

    Tensor IVectorQuantizer.CommitmentLoss(Tensor z, Tensor codebook) => Terms(z, codebook, 0).Term;

    (Tensor? DZ, Tensor? DCodebook) IVectorQuantizer.CommitmentLossVjp(Tensor z, Tensor codebook, Tensor dLoss) =>
        Routed(z, codebook, toEncoder: 1, toCodebook: 0, dLoss);

    (Tensor? Loss, Tensor? CodebookTerm, Tensor? CommitmentTerm) IVectorQuantizer.VqLoss(Tensor z, Tensor codebook, double beta)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        var (loss, term) = Terms(z, codebook, beta);
        return (loss, term, term);
    }

    (Tensor? DZ, Tensor? DCodebook) IVectorQuantizer.VqLossVjp(Tensor z, Tensor codebook, double beta, Tensor dLoss)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        return Routed(z, codebook, toEncoder: beta, toCodebook: 1, dLoss);
    }

    private static (Tensor Loss, Tensor Term) Terms(Tensor z, Tensor codebook, double beta)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var (loss, term) = (new float[z.Shape[0]], new float[z.Shape[0]]);
        VqLoss.Forward(z.Float32, codebook.Float32, beta, loss, term, term, codebook.Shape[0], z.Shape[1]);
        return (Vector(loss), Vector(term));
    }

    private static (Tensor? DZ, Tensor? DCodebook) Routed(Tensor z, Tensor codebook, double toEncoder, double toCodebook, Tensor dLoss)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        var (dZ, dCodebook) = (new float[z.Count], new float[codebook.Count]);
        VqLoss.Routed(z.Float32, codebook.Float32, toEncoder, toCodebook, dLoss.Float32, dZ, dCodebook, codebook.Shape[0], z.Shape[1]);
        return (Like(z, dZ), Like(codebook, dCodebook));
    }

    private static (Tensor? DZ, Tensor? DCodebook) StraightToZ(Tensor z, Tensor codebook, Tensor dQuantized)
    {
        Refuse.UnlessCodebookFits(z.Shape[1], codebook);
        Refuse.UnlessSameShape(z, dQuantized);
        var (dZ, dCodebook) = (new float[z.Count], new float[codebook.Count]);
        VqQuantize.Vjp(dQuantized.Float32, dZ, dCodebook);
        return (Like(z, dZ), Like(codebook, dCodebook));
    }
}
