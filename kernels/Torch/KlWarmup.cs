namespace LatentConformance.Torch;

// β(t) = min(1, t / T). No input says a dtype: the answer is float64.
public static class KlWarmup
{
    [Kernel("kl_warmup")]
    public static Tensor Forward(Tensor step, long warmupSteps)
    {
        Refuse.UnlessPositive("warmup_steps", warmupSteps);
        return Ramp.Gone(step, warmupSteps);
    }
}
