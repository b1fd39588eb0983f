using LatentConformance.Contract;

namespace LatentConformance.Reference;

// ratio of axis a = 2^(levels that halve a); hop = Π strides. In 64 bits, or refused.
public sealed partial class ReferenceKernels
{
    public Tensor DownsamplingRatio(Tensor down)
    {
        var (levels, axes) = (down.Shape[0], down.Shape[1]);
        foreach (var flag in down.Int64)
        {
            Refuse.UnlessSwitch("a flag of down", flag);
        }

        var halvings = Enumerable.Range(0, axes).Select(a => Enumerable.Range(0, levels).Sum(level => down.Int64[(level * axes) + a]));
        return new Tensor([axes], [.. halvings.Select(n => Product(0, [.. Enumerable.Repeat(2L, (int)n)]).Int64[0])]) { Tolerance = Tolerance.Exact(axes) };
    }

    public Tensor HopLength(Tensor strides) => Product(0, strides.Int64.ToArray());
}
