using LatentConformance.Contract;

namespace LatentConformance.Reference;

// β(t) = min(1, t / T): 0 at the first step, 1 at step T and after.
public sealed partial class ReferenceKernels
{
    public Tensor KlWarmup(Tensor step, long warmupSteps)
    {
        Refuse.UnlessPositive("warmup_steps", warmupSteps);
        foreach (var t in step.Int64)
        {
            Refuse.UnlessFiniteAndNotNegative("step", t);
        }

        // By t/T, or by t times a 1/T that was rounded before: then the last step itself may be a rounding short of one.
        var inverse = 1 / (Real)warmupSteps;
        return Answers.Like(step, i => step[i] > warmupSteps ? 1 : (step[i] * inverse).Knowing(step[i] / warmupSteps));
    }
}
