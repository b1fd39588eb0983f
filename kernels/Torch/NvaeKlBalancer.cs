namespace LatentConformance.Torch;

// Σ_m sg(c_m) kl_m, c_m ∝ (mean over the batch of |kl_m| + 0.01) / α_m with mean one over the groups: the weight of the KL is left
// alone, and the coefficients learn nothing.
public static class NvaeKlBalancer
{
    [Kernel("nvae_kl_balancer")]
    public static Tensor Forward(Tensor kl, Tensor alpha)
    {
        if (kl.size(1) != alpha.numel())
        {
            throw new RefusalException($"{alpha.numel()} weights for {kl.size(1)} groups; a weight a group");
        }

        var use = (kl.detach().abs().mean([0]) + 0.01) / alpha.detach();
        return (kl * (use / use.mean())).sum(-1);
    }
}
