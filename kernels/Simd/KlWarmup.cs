using LatentConformance.Contract;
using LatentConformance.Simd.Traversals;

namespace LatentConformance.Simd;

// β(t) = min(1, t / T).
public static class KlWarmup
{
    [Kernel("kl_warmup")]
    public static void Forward(ReadOnlySpan<long> step, long warmupSteps, Span<float> beta)
    {
        Spans.Hold([beta.Length], [step.Length]);
        for (var n = 0; n < beta.Length; n++)
        {
            beta[n] = (float)Math.Min(1, (double)step[n] / warmupSteps);
        }
    }
}
