namespace LatentConformance.Torch;

// β(t) = min(1, (t mod P) / R). No input says a dtype: the answer is float64.
public static class CyclicalBeta
{
    [Kernel("cyclical_beta")]
    public static Tensor Forward(Tensor step, long period, long rampSteps)
    {
        Refuse.UnlessPositive("period", period);
        Refuse.UnlessPositive("ramp_steps", rampSteps);
        if (rampSteps > period)
        {
            throw new RefusalException($"a ramp of {rampSteps} steps in a cycle of {period} never reaches one");
        }

        return Ramp.Gone(step % period, rampSteps);
    }
}
