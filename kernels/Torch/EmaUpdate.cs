namespace LatentConformance.Torch;

// N ← γ N + (1 − γ) n, m ← γ m + (1 − γ) Σ z, e = m / Ñ with Ñ = (N + ε) / (ΣN + K ε) · ΣN. No gradient.
public static class EmaUpdate
{
    [Kernel("ema_update")]
    public static (Tensor NewCounts, Tensor NewSums, Tensor NewCodebook) Forward(
        Tensor counts, Tensor sums, Tensor z, Tensor indices, double decay, double epsilon) =>
        RunningAverages.Updated(counts, sums, z, indices, decay, epsilon);
}
