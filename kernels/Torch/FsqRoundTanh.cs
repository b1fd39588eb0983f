namespace LatentConformance.Torch;

// round(L·tanh(z)), which has 2L+1 values and not L.
public static class FsqRoundTanh
{
    [Kernel("fsq_round_tanh")]
    public static Tensor Forward(Tensor z, Tensor levels)
    {
        FsqBound.RefuseUnlessLevelsFit(z.shape[1], levels);
        return RoundHalfEven.Forward(tanh(Widened.Of(z)) * levels).to(z.dtype);
    }
}
