using LatentConformance.Contract;

namespace LatentConformance.Reference;

// bits = nats / ln 2; a dimension's share is that over their number. ∂/∂nats = 1 / ln 2, and 1 / (D ln 2).
public sealed partial class ReferenceKernels
{
    public Tensor NatsToBits(Tensor nats) => InBits(nats, 1);

    public Tensor NatsToBitsVjp(Tensor nats, Tensor dBits) => InBits(dBits, 1);

    public Tensor BitsPerDim(Tensor nllNats, long dimensions) => InBits(nllNats, dimensions);

    public Tensor BitsPerDimVjp(Tensor nllNats, long dimensions, Tensor dBits) => InBits(dBits, dimensions);

    private static Tensor InBits(Tensor nats, long dimensions)
    {
        Refuse.UnlessPositive("dimensions", dimensions);
        return Answers.Like(nats, i => nats[i] / (dimensions * Real.Log(2)));
    }
}
