namespace LatentConformance.Torch;

// Σ_g max(kl_g, floor) of each sample: a group below its floor costs the floor and is not pulled.
public static class FreeBits
{
    [Kernel("free_bits")]
    public static Tensor Forward(Tensor kl, double floor)
    {
        Refuse.UnlessFiniteAndNotNegative("floor", floor);
        return kl.clamp(min: floor).sum(-1);
    }
}
