namespace LatentConformance.Torch;

// e_k ← γ e_k + (1 − γ) · the mean of the vectors assigned to k; a code without vectors stays, to the last bit. No gradient.
public static class EmaUpdateLesson
{
    [Kernel("ema_update_lesson")]
    public static Tensor Forward(Tensor codebook, Tensor z, Tensor indices, double decay)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[1], codebook);
        Refuse.UnlessDecay(decay);
        var old = codebook.detach();
        var (means, isUsed) = CodeStatistics.Means(z, indices, codebook.shape[0]);
        return where(isUsed, (decay * old) + ((1 - decay) * means), old);
    }
}
