namespace LatentConformance.Torch;

// Σ_j |h_j|; the slope at 0 is 0.
public static class L1Sparsity
{
    [Kernel("l1_sparsity")]
    public static Tensor Forward(Tensor h) => h.abs().sum(-1);
}
