namespace LatentConformance.Torch;

// x̂ = x / max(‖x‖, ε). d_k = the direction of the mean of ẑ over the vectors of k; e_k ← the direction of γ e_k + (1 − γ) d_k; a
// code without vectors stays. Vectors that cancel have no direction, and d_k is 0. No gradient.
public static class EmaUpdateCosine
{
    [Kernel("ema_update_cosine")]
    public static Tensor Forward(Tensor codebook, Tensor z, Tensor indices, double decay, double epsilon)
    {
        CodebookShapes.RefuseUnlessCodebookFits(z.shape[1], codebook);
        Refuse.UnlessPositive("epsilon", epsilon);
        Refuse.UnlessDecay(decay);
        var old = codebook.detach();
        var (means, isUsed) = CodeStatistics.Means(Directions.Of(z.detach(), epsilon), indices, codebook.shape[0]);
        var blended = (decay * old) + ((1 - decay) * Directions.Of(means, epsilon));
        return where(isUsed, Directions.Of(blended, epsilon), old);
    }
}
