using LatentConformance.Contract;

namespace LatentConformance.Reference;

// Σ_g max(kl_g, λ); ∂/∂kl_g = 1 above λ, 0 below.
public sealed partial class ReferenceKernels
{
    public Tensor FreeBits(Tensor kl, double floor)
    {
        Refuse.UnlessFiniteAndNotNegative("floor", floor);
        var (samples, groups) = SamplesOf(kl);
        return Answers.Floats([samples], Answers.Each(samples, b => Answers.Sum(groups, g => Math.Max(kl[b, g], floor))));
    }

    /// <summary>
    /// At the floor itself a clamp passes all of the gradient, a maximum half of it or none. NaN compares as nothing: there
    /// frameworks pass NaN, or any of these.
    /// </summary>
    public Tensor FreeBitsVjp(Tensor kl, double floor, Tensor dLoss)
    {
        Refuse.UnlessFiniteAndNotNegative("floor", floor);
        var (_, groups) = SamplesOf(kl);
        var kinks =
            from i in Enumerable.Range(0, kl.Count)
            where kl[i] == floor || double.IsNaN(kl[i])
            from share in new[] { 0, 0.5, 1 }
            select new Alternative(i, share * dLoss[i / groups], 0, default);
        var slopes = Answers.Like(kl, i => kl[i] < floor ? 0 : double.IsNaN(kl[i]) ? double.NaN : dLoss[i / groups]);
        return new Tensor(kl.Shape.ToArray(), slopes.ToDoubles()) { Tolerance = slopes.Tolerance! with { Alternatives = [.. kinks] } };
    }
}
