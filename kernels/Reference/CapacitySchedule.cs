using LatentConformance.Contract;

namespace LatentConformance.Reference;

// C(t) = C_max min(1, t / T); ∂/∂C_max = Σ_n d_n min(1, t_n / T). In cycles of P steps: β(t) = min(1, (t mod P) / R).
public sealed partial class ReferenceKernels
{
    public Tensor CapacitySchedule(Tensor step, double capacityMax, long steps)
    {
        RefuseUnlessSteps(step, "steps", steps);
        Refuse.UnlessFiniteAndNotNegative("capacity_max", capacityMax);
        return Answers.Like(step, i => capacityMax * RampUpTo(step.Int64[i], steps));
    }

    public Tensor CapacityScheduleVjp(Tensor step, double capacityMax, long steps, Tensor dCapacity)
    {
        RefuseUnlessSteps(step, "steps", steps);
        Refuse.UnlessFiniteAndNotNegative("capacity_max", capacityMax);
        return Answers.Scalar(Answers.Sum(step.Count, i => dCapacity[i] * RampUpTo(step.Int64[i], steps)));
    }

    public Tensor CyclicalBeta(Tensor step, long period, long rampSteps)
    {
        RefuseUnlessSteps(step, "period", period);
        Refuse.UnlessPositive("ramp_steps", rampSteps);
        return rampSteps > period
            ? throw new RefusalException($"a ramp of {rampSteps} steps in a cycle of {period} never reaches one")
            : Answers.Like(step, i => RampUpTo(step.Int64[i] % period, rampSteps));
    }

    /// <summary>By t/T or by t times a 1/T rounded before: then step T itself may be a rounding short of one.</summary>
    private static Real RampUpTo(long step, long length) =>
        step > length ? 1 : (step * (1 / (Real)length)).Knowing((double)step / length);

    private static void RefuseUnlessSteps(Tensor step, string name, long length)
    {
        Refuse.UnlessPositive(name, length);
        foreach (var t in step.Int64)
        {
            Refuse.UnlessFiniteAndNotNegative("step", t);
        }
    }
}
