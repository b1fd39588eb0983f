namespace LatentConformance.Torch;

// (1/F) Σ_f (I_f1 − I_f2) / H_f, I_f1 and I_f2 the two largest over the latents, by value.
public static class Mig
{
    [Kernel("mig")]
    public static Tensor Forward(Tensor mutualInformation, Tensor entropy)
    {
        var factors = entropy.numel();
        if (mutualInformation.size(0) != factors || mutualInformation.size(1) < 2 || factors == 0)
        {
            throw new RefusalException(
                $"information {Shapes.Show(mutualInformation)} and {factors} entropies; a row a factor, two latents or more");
        }

        var (largest, _) = mutualInformation.topk(2, -1);
        return ((largest.select(-1, 0) - largest.select(-1, 1)) / entropy).mean();
    }
}
