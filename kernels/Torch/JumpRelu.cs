namespace LatentConformance.Torch;

// pre where it is above θ = exp(log_threshold), else 0. The threshold moves nothing but the step, which is worth θ, so its gradient goes
// through the step's smeared slope.
public static class JumpRelu
{
    [Kernel("jump_relu")]
    public static Tensor Forward(Tensor pre, Tensor logThreshold, double bandwidth)
    {
        SmearedStep.RefuseUnlessThresholds(pre, logThreshold, bandwidth);
        var threshold = exp(logThreshold);
        return pre.masked_fill(pre <= threshold, 0) + (threshold.detach() * SmearedStep.Slope(pre, threshold, bandwidth));
    }
}
