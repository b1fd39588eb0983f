namespace LatentConformance.Torch;

/// <summary>
/// round(tanh(z + shift)·half − offset) / width, half = (L − 1)·stretch / 2. What is told from the levels alone is told in float64:
/// with two levels atanh is taken at 0.999, where its slope is 500.
/// </summary>
internal static class FsqBound
{
    public static Tensor Quantized(Tensor z, Tensor levels, double stretch, Func<Tensor, Tensor> shift)
    {
        RefuseUnlessLevelsFit(z.shape[1], levels);
        var half = (levels - 1).to(float64) * (stretch / 2);
        var offset = levels.remainder(2).eq(0).to(float64) / 2;
        var wide = Widened.Of(z);
        var bounded = ((wide + shift(offset / half).to(wide.dtype)).tanh_() * half.to(wide.dtype)).sub_(offset.to(wide.dtype));
        return RoundHalfEven.Forward(bounded).div_(Width(levels)).to(z.dtype);
    }

    /// <summary>How far the levels of a dimension reach from zero.</summary>
    public static Tensor Width(Tensor levels) => levels.div(2, RoundingMode.floor);

    /// <summary>[1, L0, L0·L1, …]: what a step of each dimension is worth in an index.</summary>
    public static Tensor Basis(Tensor levels) => levels.cumprod(0).div(levels, RoundingMode.floor);

    public static void RefuseUnlessLevelsFit(long dimensions, Tensor levels)
    {
        if (levels.shape[0] != dimensions || dimensions == 0)
        {
            throw new RefusalException($"{levels.shape[0]} levels for {dimensions} dimensions");
        }
    }
}
