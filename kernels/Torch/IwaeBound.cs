namespace LatentConformance.Torch;

// log (1/K) Σ_k w_k from the logarithms of the weights, the largest taken off first: those of pictures are far below what e^x can hold.
public static class IwaeBound
{
    [Kernel("iwae_bound")]
    public static Tensor Forward(Tensor logWeights)
    {
        Refuse.UnlessPositive("the number of weights a sample", logWeights.size(1));
        return logWeights.logsumexp(-1) - Math.Log(logWeights.size(1));
    }
}
