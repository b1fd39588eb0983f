namespace LatentConformance.Torch;

// Q stages that share one codebook look up in it as it was; then one ema_update with the residuals and indices of all stages. Were
// it updated between stages, a later one would look up in another codebook than a decoder has.
public static class RvqSharedTrainStep
{
    [Kernel("rvq_shared_train_step")]
    public static (Tensor Quantized, Tensor Indices, Tensor NewCodebook, Tensor NewCounts, Tensor NewSums) Forward(
        Tensor z, Tensor codebook, Tensor counts, Tensor sums, long stages, double decay, double epsilon)
    {
        CodebookShapes.RefuseUnlessState(codebook, counts, sums, z.shape[1]);
        QuantizerDropoutStages.RefuseUnlessStages(stages);
        var found = Residuals.Of(z.detach(), Enumerable.Repeat(codebook, (int)stages).ToArray());
        var (sum, indices) = Residuals.Joined(found);
        var vectors = cat(found.Select(s => s.Left).ToArray());
        var chosen = cat(found.Select(s => s.Indices).ToArray());
        var (newCounts, newSums, newCodebook) = EmaUpdate.Forward(counts, sums, vectors, chosen, decay, epsilon);
        return (sum, indices, newCodebook, newCounts, newSums);
    }
}
