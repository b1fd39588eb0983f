using LatentConformance.Contract;

namespace LatentConformance.Reference;

// N ← γ N + (1 − γ) n, m ← γ m + (1 − γ) Σ z, e = m / Ñ with Ñ = (N + ε) / (ΣN + K ε) · ΣN. Masked: n and Σ z leave out
// the rows whose mask is 0. Shards: n and Σ z run over all of them. Detached: no gradient.
public sealed partial class ReferenceKernels
{
    public (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdate(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon) =>
        Averaged(counts, sums, z, indices, _ => true, decay, epsilon);

    public (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdateMasked(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, Tensor mask, double decay, double epsilon)
    {
        Refuse.UnlessSameShape(indices, mask);
        return Array.TrueForAll(mask.ToDoubles(), m => m is 0 or 1)
            ? Averaged(counts, sums, z, indices, i => mask[i] == 1, decay, epsilon)
            : throw new RefusalException("a mask holds 0 and 1 only");
    }

    public (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) EmaUpdateShards(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon) =>
        Averaged(counts, sums, z, indices, _ => true, decay, epsilon);

    private static (Tensor? NewCounts, Tensor? NewSums, Tensor? NewCodebook) Averaged(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, Func<int, bool> isReal, double decay, double epsilon)
    {
        Refuse.UnlessState(sums, counts, sums, z.Shape[^1]);
        Refuse.UnlessDecay(decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        Assignment[] batch = [.. Assignments(z, indices, counts.Count).Where((_, i) => isReal(i))];
        var state = CodebookState.Of(sums, counts, sums).Updated(batch, decay, epsilon);
        return (state.CountsAnswer, state.SumsAnswer, state.CodebookAnswer);
    }
}
