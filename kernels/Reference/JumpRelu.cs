using LatentConformance.Contract;

namespace LatentConformance.Reference;

// z H(z − θ), θ = e^log_threshold. ∂/∂z = H(z − θ). θ moves nothing but the step, so its gradient is declared, not derived: the step is
// smeared over a rectangle K of width ε, ∂/∂θ = −(θ/ε) K((z − θ)/ε), and ∂/∂log θ = θ ∂/∂θ. H(0) = 0, K(±1/2) = 0.
public sealed partial class ReferenceKernels
{
    public Tensor JumpRelu(Tensor pre, Tensor logThreshold, double bandwidth)
    {
        RefuseUnlessThresholds(pre, logThreshold, bandwidth);
        return Answers.Matrix(pre.Shape[0], pre.Shape[1], (b, j) => IsAbove(pre[b, j], Real.Exp(logThreshold[j])) ? pre[b, j] : 0);
    }

    public (Tensor? DPre, Tensor? DLogThreshold) JumpReluVjp(Tensor pre, Tensor logThreshold, double bandwidth, Tensor dH)
    {
        RefuseUnlessThresholds(pre, logThreshold, bandwidth);
        return (
            Answers.Matrix(pre.Shape[0], pre.Shape[1], (b, j) => IsAbove(pre[b, j], Real.Exp(logThreshold[j])) ? dH[b, j] : 0),
            ToLogThreshold(pre, logThreshold, bandwidth, (b, j, threshold) => dH[b, j] * threshold));
    }

    private static bool IsAbove(double pre, Real threshold) => pre > threshold.Value;

    /// <summary>−Σ over the samples near the threshold of what the step is worth there, over ε, times θ.</summary>
    private static Tensor ToLogThreshold(Tensor pre, Tensor logThreshold, double bandwidth, Func<int, int, Real, Real> worth) =>
        Answers.Like(logThreshold, j =>
        {
            var threshold = Real.Exp(logThreshold[j]);
            var near = Enumerable.Range(0, pre.Shape[0]).Where(b => Math.Abs(pre[b, j] - threshold.Value) / bandwidth < 0.5);
            return Real.Sum([.. near.Select(b => -(worth(b, j, threshold) / bandwidth * threshold))]);
        });

    private static void RefuseUnlessThresholds(Tensor pre, Tensor logThreshold, double bandwidth)
    {
        Refuse.UnlessPositive("bandwidth", bandwidth);
        if (logThreshold.Shape[0] != pre.Shape[1])
        {
            throw new RefusalException($"{logThreshold.Shape[0]} thresholds for {pre.Shape[1]} features");
        }
    }
}
