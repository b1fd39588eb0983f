namespace LatentConformance.Torch;

// H(p) = −Σ p ln p, p_n = softmax_c(2τ z_n·c); loss = mean_n H(p_n) − γ H(mean_n p_n). The mean is taken of logarithms: where it
// underflows, the slope of p ln p is infinite.
public static class LfqEntropy
{
    [Kernel("lfq_entropy")]
    public static (Tensor Loss, Tensor SampleEntropy, Tensor CodebookEntropy) Forward(
        Tensor z, double scale, double inverseTemperature, double gamma)
    {
        LfqDistribution.RefuseUnlessEntropy(z, scale, inverseTemperature, gamma);
        var logarithms = LfqDistribution.Logarithms(z, scale, inverseTemperature);
        var sample = LfqDistribution.Entropy(logarithms);
        var codebook = LfqDistribution.Entropy(logsumexp(logarithms, dim: 0) - Math.Log(z.shape[0]));
        return (sample.mean() - (gamma * codebook), sample, codebook);
    }
}
