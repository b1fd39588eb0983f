using LatentConformance.Contract;

namespace LatentConformance.Reference;

// rvq_quantize with the one codebook at every stage; then ema_update with the N·Q pairs (r_i, k_i) as one batch. Were it
// updated between stages, a later stage would look up in another codebook than a decoder has.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) RvqSharedTrainStep(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, long stages, double decay, double epsilon)
    {
        Refuse.UnlessState(codebook, counts, sums, z.Shape[1]);
        RefuseUnlessStages(stages);
        Refuse.UnlessDecay(decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        Tensor[] books = [.. Enumerable.Repeat(codebook, (int)stages)];
        var indices = Cascades(z, books);
        var state = CodebookState.Of(codebook, counts, sums).Updated(Residuals(z, codebook, indices), decay, epsilon);
        return (
            Answers.Matrix(z.Shape[0], z.Shape[1], (n, j) => Stacked(z[n, j], Codes(books, indices, n, j))),
            indices,
            state.CodebookAnswer,
            state.CountsAnswer,
            state.SumsAnswer);
    }

    /// <summary>What each stage was asked to quantize, with the code that it took.</summary>
    private static List<Assignment> Residuals(Tensor z, Tensor codebook, Tensor indices)
    {
        var batch = new List<Assignment>();
        for (var n = 0; n < z.Shape[0]; n++)
        {
            Real[] residual = [.. Row(z, n).Select(v => (Real)v)];
            for (var s = 0; s < indices.Shape[1]; s++)
            {
                var code = (int)indices[n, s];
                batch.Add(new Assignment(code, residual));
                residual = [.. residual.Select((r, j) => PastTheStage(r, codebook[code, j]))];
            }
        }

        return batch;
    }

    /// <summary>r − q. Code that joins q by a straight-through first subtracts r + (q − r), and rounds twice more.</summary>
    private static Real PastTheStage(Real residual, double code)
    {
        var left = residual - code;
        return left with { Error = left.Error + new Coefficients(Math.Abs(left.Value) + Math.Abs(code), 0, 0) };
    }
}
