namespace LatentConformance.Torch;

// 1 + ⌊(frames − 1) / factor⌋: the first frame stands on its own.
public static class CausalFrames
{
    [Kernel("causal_frames")]
    public static Tensor Forward(Tensor frames, long factor)
    {
        Refuse.UnlessPositive("factor", factor);
        return (frames - 1).div(factor, RoundingMode.floor) + 1;
    }
}
