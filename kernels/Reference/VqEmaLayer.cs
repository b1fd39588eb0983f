using LatentConformance.Contract;

namespace LatentConformance.Reference;

// quantized = z + sg(e − z), loss = β/(N D) Σ (z − sg(e))², both of the codebook as it came in; then ema_update with the same indices. The
// statistics are of sg(z): ∂z = the estimator's, + β · 2 (z − e)/(N D) · d_loss, and of d_new_codebook nothing. e is no parameter.
public sealed partial class ReferenceKernels
{
    public (Tensor? Quantized, Tensor? Indices, Tensor? Loss, Tensor? NewCodebook, Tensor? NewCounts, Tensor? NewSums) VqEmaLayer(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, double beta, double decay, double epsilon)
    {
        var rows = RowsOfAStep(z, codebook, counts, sums, beta, (decay, epsilon));
        var (quantized, indices) = VqQuantize(z, codebook);
        var state = CodebookState.Of(codebook, counts, sums).Updated(Assignments(z, indices!, counts.Count), decay, epsilon);
        var loss = Answers.Scalar(MeanDistance(z, codebook, indices!, rows, beta));
        return (quantized, indices, loss, state.CodebookAnswer, state.CountsAnswer, state.SumsAnswer);
    }

    public (Tensor? DZ, Tensor? DCodebook) VqEmaLayerVjp(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, double beta, double decay, double epsilon, Tensor dQuantized, double dLoss, Tensor dNewCodebook)
    {
        var rows = RowsOfAStep(z, codebook, counts, sums, beta, (decay, epsilon));
        Refuse.UnlessSameShape(codebook, dNewCodebook);
        return PastTheLayer(z, codebook, rows, dQuantized, dLoss, toEncoder: beta, toCodebook: 0);
    }

    private static HashSet<int> RowsOfAStep(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, double beta, (double Decay, double Epsilon) rates)
    {
        Refuse.UnlessState(codebook, counts, sums, z.Shape[1]);
        Refuse.UnlessDecay(rates.Decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", rates.Epsilon);
        return RowsThatCount(z, codebook, beta, new Tensor([z.Shape[0]], [.. Enumerable.Repeat(1.0, z.Shape[0])]), training: 1);
    }
}
