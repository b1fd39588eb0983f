namespace LatentConformance.Torch;

// lfq_entropy of the tokens whose mask is 1. Zeros in the place of padding would still count, as samples that are sure of nothing
// and as mass in the mean: its H is filled with 0, its ln p with −∞, and both means are over the tokens that are left.
public static class LfqEntropyMasked
{
    [Kernel("lfq_entropy_masked")]
    public static (Tensor Loss, Tensor SampleEntropy, Tensor CodebookEntropy) Forward(
        Tensor z, Tensor mask, double scale, double inverseTemperature, double gamma)
    {
        CodebookShapes.RefuseUnlessMask(z, mask);
        LfqDistribution.RefuseUnlessEntropy(z, scale, inverseTemperature, gamma);
        var isPadding = mask.eq(0);
        var column = isPadding.unsqueeze(-1);
        var tokens = isPadding.logical_not().sum().to(z.dtype);
        var logarithms = LfqDistribution.Logarithms(z.masked_fill(column, 0), scale, inverseTemperature);
        var sample = LfqDistribution.Entropy(logarithms).masked_fill(isPadding, 0).sum() / tokens;
        var mean = logsumexp(logarithms.masked_fill(column, double.NegativeInfinity), dim: 0) - log(tokens);
        var codebook = LfqDistribution.Entropy(mean);
        return (sample - (gamma * codebook), sample, codebook);
    }
}
