namespace LatentConformance.Torch;

// γ |Σ_j kl_j − C|: below the capacity the pull is upwards.
public static class CapacityLoss
{
    [Kernel("capacity_loss")]
    public static Tensor Forward(Tensor kl, double capacity, double gamma)
    {
        Refuse.UnlessFiniteAndNotNegative("capacity", capacity);
        Refuse.UnlessFiniteAndNotNegative("gamma", gamma);
        return gamma * (kl.sum(-1) - capacity).abs();
    }
}
