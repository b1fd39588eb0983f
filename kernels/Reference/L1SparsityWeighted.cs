using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_j |h_j| n_j, n_j = ‖column j‖. ∂/∂h_j = sign(h_j) n_j; ∂/∂column_j = Σ_b |h_bj| column_j / n_j, nothing to a column of zeros.
// Halving the codes and doubling their columns changes neither the reconstruction nor this.
public sealed partial class ReferenceKernels
{
    public Tensor L1SparsityWeighted(Tensor h, Tensor decoder)
    {
        RefuseUnlessDecoder(h, decoder);
        var norms = ColumnNorms(decoder);
        return Answers.Floats([h.Shape[0]], Answers.Each(h.Shape[0], b => Answers.Sum(h.Shape[1], j => Math.Abs(h[b, j]) * norms[j])));
    }

    public (Tensor? DH, Tensor? DDecoder) L1SparsityWeightedVjp(Tensor h, Tensor decoder, Tensor dPenalty)
    {
        RefuseUnlessDecoder(h, decoder);
        var norms = ColumnNorms(decoder);
        var pull = Answers.Each(h.Shape[1], j => Answers.Sum(h.Shape[0], b => (Real)dPenalty[b] * Math.Abs(h[b, j])));
        return (
            Answers.Matrix(h.Shape[0], h.Shape[1], (b, j) => dPenalty[b] * (Math.Sign(h[b, j]) * norms[j])),
            Answers.Matrix(decoder.Shape[0], decoder.Shape[1], (d, j) => norms[j].Value == 0 ? 0 : pull[j] * (decoder[d, j] / norms[j])));
    }

    private static Real[] ColumnNorms(Tensor decoder) => Answers.Each(decoder.Shape[1], j =>
        Real.Sqrt(Answers.Sum(decoder.Shape[0], d => (Real)decoder[d, j] * decoder[d, j])));

    private static void RefuseUnlessDecoder(Tensor h, Tensor decoder)
    {
        if (decoder.Shape[1] != h.Shape[1])
        {
            throw new RefusalException($"a decoder {Tensor.Show(decoder.Shape)} for {h.Shape[1]} features; a feature is a column");
        }
    }
}
