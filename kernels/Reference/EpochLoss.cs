using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_m L_m / Σ_m n_m, L_m the sum of the losses of batch m and n_m its samples: each sample weighs alike, in a short last
// batch too. ∂/∂L_m = 1 / Σ n.
public sealed partial class ReferenceKernels
{
    /// <summary>Also as Σ n_m mean_m / N, each batch's mean taken and weighed again.</summary>
    public Tensor EpochLoss(Tensor batchLosses, Tensor sizes)
    {
        var samples = RefuseUnlessBatches(batchLosses, sizes);
        return Answers.Scalar(Answers.Sum(sizes.Count, m =>
            ((Real)batchLosses[m] / sizes.Int64[m] * sizes.Int64[m]).Knowing(batchLosses[m])) / samples);
    }

    public Tensor EpochLossVjp(Tensor batchLosses, Tensor sizes, double dLoss)
    {
        var samples = RefuseUnlessBatches(batchLosses, sizes);
        return Answers.Like(batchLosses, m => ((Real)dLoss / samples / sizes.Int64[m] * sizes.Int64[m]).Knowing(dLoss / samples));
    }

    private static double RefuseUnlessBatches(Tensor batchLosses, Tensor sizes)
    {
        Refuse.UnlessSameShape(batchLosses, sizes);
        var samples = 0.0;
        foreach (var size in sizes.Int64)
        {
            Refuse.UnlessPositive("the size of a batch", size);
            samples += size;
        }

        Refuse.UnlessPositive("the number of batches", sizes.Count);
        return samples;
    }
}
