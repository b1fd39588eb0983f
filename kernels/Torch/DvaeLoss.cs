namespace LatentConformance.Torch;

// (Σ_d r_d + β Σ_t kl_t) / D: the KL is summed over its positions, and both are divided by the dimensions of the picture.
public static class DvaeLoss
{
    [Kernel("dvae_loss")]
    public static Tensor Forward(Tensor reconstruction, Tensor kl, double beta)
    {
        Refuse.UnlessFiniteAndNotNegative("beta", beta);
        Refuse.UnlessPositive("the number of dimensions", reconstruction.size(1));
        if (reconstruction.size(0) != kl.size(0))
        {
            throw new RefusalException($"reconstructions of {reconstruction.size(0)} samples and KLs of {kl.size(0)}");
        }

        return (reconstruction.sum(-1) + (beta * kl.sum(-1))) / reconstruction.size(1);
    }
}
