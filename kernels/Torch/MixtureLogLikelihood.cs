namespace LatentConformance.Torch;

// log Σ_m e^(lw_m + lp_m), the largest taken off first: densities of sound or pictures are far below what e^x can hold.
public static class MixtureLogLikelihood
{
    [Kernel("mixture_log_likelihood")]
    public static Tensor Forward(Tensor logWeights, Tensor logProbs)
    {
        Shapes.RefuseUnlessSame(logWeights, logProbs);
        Refuse.UnlessPositive("the number of components", logProbs.size(1));
        return (logWeights + logProbs).logsumexp(-1);
    }
}
