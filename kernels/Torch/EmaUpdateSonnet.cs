namespace LatentConformance.Torch;

// H ← γ H + (1 − γ) x; averages that begin at zero are too small by 1 − γ^t, t counted from 1, and N and m are H divided by that;
// e = m / Ñ as in ema_update. No gradient.
public static class EmaUpdateSonnet
{
    [Kernel("ema_update_sonnet")]
    public static (Tensor NewHiddenCounts, Tensor NewHiddenSums, Tensor AverageCounts, Tensor AverageSums, Tensor NewCodebook) Forward(
        Tensor hiddenCounts, Tensor hiddenSums, long step, Tensor z, Tensor indices, double decay, double epsilon)
    {
        RefuseUnlessSonnet(hiddenCounts, hiddenSums, step, z.shape[1], decay, epsilon);
        var batch = CodeStatistics.Of(z, indices, hiddenCounts.shape[0]);
        var (newCounts, newSums) = RunningAverages.Blended(hiddenCounts, hiddenSums, batch, decay);
        var weight = 1 - Math.Pow(decay, step + 1);
        var (counts, sums) = (newCounts / weight, newSums / weight);
        return (newCounts, newSums, counts, sums, RunningAverages.Codes(counts, sums, epsilon));
    }

    internal static void RefuseUnlessSonnet(
        Tensor hiddenCounts, Tensor hiddenSums, long step, long dimensions, double decay, double epsilon)
    {
        CodebookShapes.RefuseUnlessState(hiddenSums, hiddenCounts, hiddenSums, dimensions);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        if (!(decay >= 0 && decay < 1))
        {
            throw new RefusalException($"decay is {decay}; it is in [0, 1), since at 1 nothing is ever averaged");
        }

        if (step < 0)
        {
            throw new RefusalException($"step is {step}; it is the number of updates made before");
        }
    }
}
