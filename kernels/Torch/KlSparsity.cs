namespace LatentConformance.Torch;

// Σ_j ρ log(ρ/ρ̂_j) + (1 − ρ) log((1 − ρ)/(1 − ρ̂_j)), ρ̂_j the mean of unit j over the batch; log(1 − ρ̂) as log1p(−ρ̂).
public static class KlSparsity
{
    [Kernel("kl_sparsity")]
    public static Tensor Forward(Tensor activations, double rho)
    {
        if (activations.size(0) == 0)
        {
            throw new RefusalException("the mean activation of an empty batch is not a number");
        }

        if (!(rho > 0 && rho < 1))
        {
            throw new RefusalException($"rho is {rho}; it lies strictly between 0 and 1");
        }

        var mean = activations.mean([0]);
        return ((rho * (Math.Log(rho) - log(mean))) + ((1 - rho) * (Math.Log(1 - rho) - log1p(-mean)))).sum();
    }
}
