namespace LatentConformance.Torch;

// round(tanh(z)·(L−1)/2): whole numbers.
public static class FsqTanhHalf
{
    [Kernel("fsq_tanh_half")]
    public static Tensor Forward(Tensor z, Tensor levels)
    {
        FsqBound.RefuseUnlessLevelsFit(z.shape[1], levels);
        return RoundHalfEven.Forward(tanh(Widened.Of(z)) * (levels - 1) / 2).to(z.dtype);
    }
}
