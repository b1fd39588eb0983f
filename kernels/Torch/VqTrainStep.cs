namespace LatentConformance.Torch;

// 1. Looks up in the codebook as it came in. 2. ema_update with those indices. 3. revive by the counts just updated, reset to the
// threshold. Where training is 0, step 1 only.
public static class VqTrainStep
{
    [Kernel("vq_train_step")]
    public static (Tensor Quantized, Tensor Indices, Tensor NewCodebook, Tensor NewCounts, Tensor NewSums) Forward(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, Tensor candidates,
        double decay, double epsilon, double threshold, long training)
    {
        RefuseUnlessTrainable(codebook, counts, sums, z.shape[1], candidates.shape[1]);
        Refuse.UnlessDecay(decay);
        Refuse.UnlessFiniteAndNotNegative("epsilon", epsilon);
        Refuse.UnlessFiniteAndNotNegative("threshold", threshold);
        Refuse.UnlessSwitch("training", training);
        var (codes, indices) = NearestCode.Of(z, codebook.detach());
        if (training == 0)
        {
            return (codes, indices, codebook.clone(), counts.clone(), sums.clone());
        }

        var (newCounts, newSums, newCodebook) = EmaUpdate.Forward(counts, sums, z, indices, decay, epsilon);
        var revived = Revive.Revived(newCodebook, newCounts, newSums, candidates, threshold, threshold);
        return (codes, indices, revived.NewCodebook, revived.NewCounts, revived.NewSums);
    }

    internal static void RefuseUnlessTrainable(Tensor codebook, Tensor counts, Tensor sums, long dimensions, long ofCandidates)
    {
        CodebookShapes.RefuseUnlessState(codebook, counts, sums, dimensions);
        if (ofCandidates != dimensions)
        {
            throw new RefusalException($"z has {dimensions} dimensions and the candidates {ofCandidates}");
        }
    }
}
