namespace LatentConformance.Torch;

// A step has no slope, so one is declared: that of a ramp of this width about the threshold, −1/width inside and nothing outside. The
// value added is zero, and nothing of it reaches what is compared.
internal static class SmearedStep
{
    public static Tensor Slope(Tensor pre, Tensor threshold, double bandwidth)
    {
        var near = (pre.detach() - threshold.detach()).abs() < bandwidth / 2;
        return near.to(pre.dtype) * ((threshold.detach() - threshold) / bandwidth);
    }

    public static void RefuseUnlessThresholds(Tensor pre, Tensor logThreshold, double bandwidth)
    {
        Refuse.UnlessPositive("bandwidth", bandwidth);
        if (logThreshold.size(0) != pre.size(1))
        {
            throw new RefusalException($"{logThreshold.size(0)} thresholds for {pre.size(1)} features");
        }
    }
}
