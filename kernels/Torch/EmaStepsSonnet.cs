namespace LatentConformance.Torch;

// T updates of ema_update_sonnet on end: the codes after each, and what would have to be stored to go on.
public static class EmaStepsSonnet
{
    [Kernel("ema_steps_sonnet")]
    public static (Tensor Codebooks, Tensor NewHiddenCounts, Tensor NewHiddenSums, Tensor NewStep) Forward(
        Tensor hiddenCounts, Tensor hiddenSums, long step, Tensor z, Tensor indices, double decay, double epsilon)
    {
        EmaUpdateSonnet.RefuseUnlessSonnet(hiddenCounts, hiddenSums, step, z.shape[2], decay, epsilon);
        CodebookShapes.RefuseUnlessOneIndexEach(z, indices);
        var (counts, sums) = (hiddenCounts.clone(), hiddenSums.clone());
        var codebooks = new Tensor[z.shape[0]];
        for (var t = 0; t < codebooks.Length; t++)
        {
            (counts, sums, _, _, codebooks[t]) =
                EmaUpdateSonnet.Forward(counts, sums, step + t, z.select(0, t), indices.select(0, t), decay, epsilon);
        }

        var all = codebooks.Length > 0 ? stack(codebooks) : zeros(0, sums.shape[0], sums.shape[1], dtype: sums.dtype, device: sums.device);
        return (all, counts, sums, tensor(step + codebooks.Length, device: z.device));
    }
}
