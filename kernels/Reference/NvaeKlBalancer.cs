using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_m sg(c_m) kl_bm, c_m = a_m / mean(a), a_m = (mean_b |kl_bm| + 0.01) / α_m (NVAE, Vahdat and Kautz 2020, section 3.1, as its code
// has it: the magnitude and the hundredth are the code's). Their mean is one, so balancing leaves the weight of the KL alone.
// ∂/∂kl_bm = c_m, nothing through c.
public sealed partial class ReferenceKernels
{
    private const double LeastUse = 0.01;

    public Tensor NvaeKlBalancer(Tensor kl, Tensor alpha)
    {
        var coefficients = BalancedCoefficients(kl, alpha);
        return Answers.Floats([kl.Shape[0]], Answers.Each(kl.Shape[0], b => Answers.Sum(alpha.Count, m => coefficients[m] * kl[b, m])));
    }

    public Tensor NvaeKlBalancerVjp(Tensor kl, Tensor alpha, Tensor dLoss)
    {
        var coefficients = BalancedCoefficients(kl, alpha);
        return Answers.Like(kl, i => dLoss[i / alpha.Count] * coefficients[i % alpha.Count]);
    }

    /// <summary>The code also multiplies by Σ_m (mean_b |kl_bm| + 0.01) and divides it out again: two roundings.</summary>
    private static Real[] BalancedCoefficients(Tensor kl, Tensor alpha)
    {
        RefuseUnlessGroups(kl, alpha);
        var use = Answers.Each(alpha.Count, m => (Answers.Sum(kl.Shape[0], b => Real.Abs(kl[b, m])) / kl.Shape[0]) + LeastUse);
        var total = Real.Sum(use);
        var weighed = Answers.Each(alpha.Count, m => use[m] / alpha[m] * total);
        var mean = Real.Sum(weighed) / alpha.Count;
        return [.. weighed.Select(a => a / mean)];
    }

    private static void RefuseUnlessGroups(Tensor kl, Tensor alpha)
    {
        if (kl.Shape[1] != alpha.Count)
        {
            throw new RefusalException($"{alpha.Count} weights for {kl.Shape[1]} groups; a weight a group");
        }

        foreach (var weight in alpha.ToDoubles())
        {
            Refuse.UnlessPositive("alpha", weight);
        }
    }
}
