namespace LatentConformance.Torch;

// exp(−Σ p ln p), p = counts / Σ counts, 0 ln 0 = 0; in float64, since float32 is not sure of counts beyond 2^24.
public static class Perplexity
{
    [Kernel("perplexity")]
    public static Tensor Forward(Tensor counts)
    {
        var p = counts.to(float64) / counts.sum(-1, keepdim: true);
        return exp(-xlogy(p, p).sum(-1));
    }
}
