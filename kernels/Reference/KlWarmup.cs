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

        return Answers.Like(step, i => step[i] >= warmupSteps ? 1 : (Real)step[i] / warmupSteps);
    }
}
