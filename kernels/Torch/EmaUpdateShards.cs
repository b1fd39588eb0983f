namespace LatentConformance.Torch;

// ema_update of a batch that S workers share: statistics are added before the update, or the state would decay once a worker.
public static class EmaUpdateShards
{
    [Kernel("ema_update_shards")]
    public static (Tensor NewCounts, Tensor NewSums, Tensor NewCodebook) Forward(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon)
    {
        CodebookShapes.RefuseUnlessOneIndexEach(z, indices);
        return RunningAverages.Updated(counts, sums, z.flatten(0, 1), indices.flatten(), decay, epsilon);
    }
}
