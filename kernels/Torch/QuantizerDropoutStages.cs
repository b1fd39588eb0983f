namespace LatentConformance.Torch;

// 1 + ⌊u Q⌋ stages are kept, u in [0, 1).
public static class QuantizerDropoutStages
{
    [Kernel("quantizer_dropout_stages")]
    public static Tensor Forward(Tensor uniforms, long stages)
    {
        RefuseUnlessStages(stages);
        return Draws.Of(uniforms, stages) + 1;
    }

    internal static void RefuseUnlessStages(long stages)
    {
        if (stages is < 1 or > int.MaxValue)
        {
            throw new RefusalException($"{stages} stages; there is at least one");
        }
    }
}
