namespace LatentConformance.Torch;

// T training steps on end: what one step leaves behind, the next finds.
public static class VqTrainSteps
{
    [Kernel("vq_train_steps")]
    public static (Tensor Indices, Tensor NewCodebook, Tensor NewCounts, Tensor NewSums) Forward(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates, double decay, double epsilon, double threshold)
    {
        VqTrainStep.RefuseUnlessTrainable(codebook, counts, sums, z.shape[2], candidates.shape[2]);
        Refuse.UnlessDecay(decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        Refuse.UnlessFiniteAndNotNegative("threshold", threshold);
        if (candidates.shape[0] != z.shape[0])
        {
            throw new RefusalException($"{z.shape[0]} batches and {candidates.shape[0]} lists of candidates");
        }

        var (codes, n, m) = (codebook.clone(), counts.clone(), sums.clone());
        var chosen = new Tensor[z.shape[0]];
        for (var t = 0; t < chosen.Length; t++)
        {
            var (batch, fresh) = (z.select(0, t), candidates.select(0, t));
            (_, chosen[t], codes, n, m) = VqTrainStep.Forward(batch, codes, n, m, fresh, decay, epsilon, threshold, 1);
        }

        var indices = chosen.Length > 0 ? stack(chosen) : zeros(0, z.shape[1], dtype: int64, device: z.device);
        return (indices, codes, n, m);
    }
}
