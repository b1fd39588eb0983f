using LatentConformance.Contract;
using LatentConformance.Reference;
using NUnit.Framework;

namespace LatentConformance.Tests.Reference;

[TestFixture]
public sealed class NvaeKlBalancerTests
{
    private static readonly Tensor Kl = Tensors.Uniform("kl", 0, 4, 3, 4);
    private static readonly Tensor Alpha = Tensors.Uniform("alpha", 0.5, 4.5, 4);

    /// <summary>In decimal: with p_m the shares of use over alpha, the loss is the number of groups times their weighted mean.</summary>
    [SecondRoute("nvae_kl_balancer")]
    [Test]
    public void NvaeKlBalancer_InDecimal_IsTheGroupsTimesAWeightedMean()
    {
        var loss = new ReferenceKernels().NvaeKlBalancer(Kl, Alpha);

        Agreement.Of(loss, [.. Enumerable.Range(0, 3).Select(b =>
            Estimate.Computed((double)(4 * Enumerable.Range(0, 4).Sum(m => Share(m) * (decimal)Kl[b, m]) / Enumerable.Range(0, 4).Sum(Share))))]);
    }

    /// <summary>The loss is linear in a sample's KL once the coefficients are held: unit vectors give them one by one.</summary>
    [SecondRoute("nvae_kl_balancer.vjp")]
    [Test]
    public void NvaeKlBalancerVjp_OfAGroup_IsItsShareOfAll()
    {
        var upstream = Tensors.Normal("d_loss", 3);

        var slopes = new ReferenceKernels().NvaeKlBalancerVjp(Kl, Alpha, upstream);

        Agreement.Of(slopes, [.. Enumerable.Range(0, 12).Select(i =>
            Estimate.Computed((double)((decimal)upstream[i / 4] * 4 * Share(i % 4) / Enumerable.Range(0, 4).Sum(Share))))]);
    }

    /// <summary>(mean |kl| + 1/100) / α.</summary>
    private static decimal Share(int group) =>
        (Enumerable.Range(0, 3).Average(b => Math.Abs((decimal)Kl[b, group])) + 0.01m) / (decimal)Alpha[group];
}
