using LatentConformance.Contract;

namespace LatentConformance.Reference;

// min(⌊D/2⌋, dead): half the dimensions of x, for a residual of D dimensions needs no more directions, however many features there are.
public sealed partial class ReferenceKernels
{
    public Tensor AuxkCount(long dimensions, long features, Tensor dead)
    {
        Refuse.UnlessPositive("dimensions", dimensions);
        return Counted(dead, n => n >= 0 && n <= features
            ? Math.Min(dimensions / 2, n)
            : throw new RefusalException($"{n} dead features of {features}"));
    }
}
