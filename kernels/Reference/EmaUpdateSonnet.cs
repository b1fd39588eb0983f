using LatentConformance.Contract;

namespace LatentConformance.Reference;

// H ← γ H + (1 − γ) x; x̄ = H / (1 − γ^t), t counted from 1: what a mean of t batches would weigh, so that zeros to begin with
// do not show. N = x̄ of the counts, m = x̄ of the sums, e = m / Ñ as in ema_update. Of e the correction cancels but for ε.
public sealed partial class ReferenceKernels
{
    public (Tensor? NewHiddenCounts, Tensor? NewHiddenSums, Tensor? AverageCounts, Tensor? AverageSums, Tensor? NewCodebook) EmaUpdateSonnet(
        Tensor hiddenCounts, Tensor hiddenSums, long step, Tensor z, Tensor indices, double decay, double epsilon)
    {
        RefuseUnlessSonnet(hiddenCounts, hiddenSums, step, z.Shape[1], (decay, epsilon));
        var (hidden, average) = CodebookState.Of(hiddenSums, hiddenCounts, hiddenSums)
            .UpdatedFromZero(Assignments(z, indices, hiddenCounts.Count), step + 1, decay, epsilon);
        return (hidden.CountsAnswer, hidden.SumsAnswer, average.CountsAnswer, average.SumsAnswer, average.CodebookAnswer);
    }

    public (Tensor? Codebooks, Tensor? NewHiddenCounts, Tensor? NewHiddenSums, Tensor? NewStep) EmaStepsSonnet(
        Tensor hiddenCounts, Tensor hiddenSums, long step, Tensor z, Tensor indices, double decay, double epsilon)
    {
        RefuseUnlessSonnet(hiddenCounts, hiddenSums, step, z.Shape[2], (decay, epsilon));
        var (steps, rows) = (z.Shape[0], z.Shape[1]);
        if (indices.Shape[0] != steps || indices.Shape[1] != rows)
        {
            throw new RefusalException($"shapes differ: vectors {Tensor.Show(z.Shape)} and indices {Tensor.Show(indices.Shape)}");
        }

        var state = CodebookState.Of(hiddenSums, hiddenCounts, hiddenSums);
        var codebooks = new List<Real>();
        for (var t = 0; t < steps; t++)
        {
            var batch = Assignments(Step(z, t), new Tensor([rows], indices.Int64.Slice(t * rows, rows).ToArray()), hiddenCounts.Count);
            (state, var average) = state.UpdatedFromZero(batch, step + t + 1, decay, epsilon);
            codebooks.AddRange(average.Codebook.SelectMany(row => row));
        }

        return (
            Answers.Floats([steps, .. hiddenSums.Shape], codebooks),
            state.CountsAnswer,
            state.SumsAnswer,
            new Tensor([], [step + steps]) { Tolerance = Tolerance.Exact(1) });
    }

    private static void RefuseUnlessSonnet(Tensor hiddenCounts, Tensor hiddenSums, long step, int dimensions, (double Decay, double Epsilon) rates)
    {
        Refuse.UnlessState(hiddenSums, hiddenCounts, hiddenSums, dimensions);
        Refuse.UnlessFiniteAndNotNegative("epsilon", rates.Epsilon);
        if (!(rates.Decay >= 0 && rates.Decay < 1))
        {
            throw new RefusalException($"decay is {rates.Decay}; it is in [0, 1), since at 1 nothing is ever averaged");
        }

        if (step < 0)
        {
            throw new RefusalException($"step is {step}; it is the number of updates made before");
        }
    }
}
