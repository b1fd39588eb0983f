using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_j |h_j|, a value a sample. ∂/∂h_j = sign h_j, and 0 at 0.
public sealed partial class ReferenceKernels
{
    public Tensor L1Sparsity(Tensor h) =>
        Answers.Floats([h.Shape[0]], Answers.Each(h.Shape[0], b => Answers.Sum(h.Shape[1], j => Math.Abs(h[b, j]))));

    public Tensor L1SparsityVjp(Tensor h, Tensor dPenalty) =>
        Answers.Matrix(h.Shape[0], h.Shape[1], (b, j) => (Real)dPenalty[b] * Math.Sign(h[b, j]));
}
