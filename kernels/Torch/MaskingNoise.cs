namespace LatentConformance.Torch;

// In training 0 where the uniform is below the rate and x itself, not rescaled, elsewhere; in evaluation x, by a handle of its own.
public static class MaskingNoise
{
    [Kernel("masking_noise")]
    public static Tensor Forward(Tensor x, Tensor uniforms, double rate, long training)
    {
        Shapes.RefuseUnlessSame(x, uniforms);
        Refuse.UnlessSwitch("training", training);
        if (!(rate >= 0 && rate <= 1))
        {
            throw new RefusalException($"rate is {rate}; it lies between 0 and 1");
        }

        return training == 1 ? x.masked_fill(uniforms < rate, 0) : x.alias();
    }
}
