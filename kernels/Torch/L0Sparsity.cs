namespace LatentConformance.Torch;

// How many pre-activations of a sample are above exp(log_threshold). To the threshold through the step's smeared slope, nothing to pre.
public static class L0Sparsity
{
    [Kernel("l0_sparsity")]
    [Detached("pre")]
    public static Tensor Forward(Tensor pre, Tensor logThreshold, double bandwidth)
    {
        SmearedStep.RefuseUnlessThresholds(pre, logThreshold, bandwidth);
        var threshold = exp(logThreshold);
        return ((pre > threshold).to(pre.dtype) + SmearedStep.Slope(pre, threshold, bandwidth)).sum(-1);
    }
}
