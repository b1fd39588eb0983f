using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_j H(z_j − θ_j), θ = e^log_threshold, z the pre-activation. To z nothing; to θ_j −(1/ε) K((z_j − θ_j)/ε), the rectangle of jump_relu,
// and to log θ_j θ_j times that.
public sealed partial class ReferenceKernels
{
    public Tensor L0Sparsity(Tensor pre, Tensor logThreshold, double bandwidth)
    {
        RefuseUnlessThresholds(pre, logThreshold, bandwidth);
        return Answers.Floats([pre.Shape[0]], Answers.Each(pre.Shape[0], b =>
            Answers.Sum(pre.Shape[1], j => IsAbove(pre[b, j], Real.Exp(logThreshold[j])) ? 1 : 0)));
    }

    public (Tensor? DPre, Tensor? DLogThreshold) L0SparsityVjp(Tensor pre, Tensor logThreshold, double bandwidth, Tensor dPenalty)
    {
        RefuseUnlessThresholds(pre, logThreshold, bandwidth);
        return (Answers.Zeros(pre), ToLogThreshold(pre, logThreshold, bandwidth, (b, _, _) => dPenalty[b]));
    }
}
