using LatentConformance.Contract;

namespace LatentConformance.Reference;

// (1/F) Σ_f (I_f1 − I_f2) / H_f, I_f1 and I_f2 the two largest of the factor's mutual informations (Chen et al. 2018, eq. 6): two
// latents that know a factor equally well leave no gap. ∂/∂I = ±1/(F H_f) at those two, ∂/∂H_f = −(I_f1 − I_f2)/(F H_f²).
public sealed partial class ReferenceKernels
{
    public Tensor Mig(Tensor mutualInformation, Tensor entropy)
    {
        RefuseUnlessFactors(mutualInformation, entropy);
        return Answers.Scalar(Answers.Sum(entropy.Count, f => Gap(mutualInformation, f) / entropy[f]) / entropy.Count);
    }

    /// <summary>Where two are the largest, either may count as the first, or the two may share: then nothing flows.</summary>
    public (Tensor? DMutualInformation, Tensor? DEntropy) MigVjp(Tensor mutualInformation, Tensor entropy, double dMig)
    {
        RefuseUnlessFactors(mutualInformation, entropy);
        var latents = mutualInformation.Shape[1];
        Real Slope(int factor) => (Real)dMig / entropy.Count / entropy[factor];
        var places = Enumerable.Range(0, entropy.Count).Select(f => TwoLargest(mutualInformation, f)).ToArray();
        var slopes = Answers.Matrix(entropy.Count, latents, (f, d) => d == places[f].First ? Slope(f) : d == places[f].Second ? -Slope(f) : 0);
        var ties =
            from f in Enumerable.Range(0, entropy.Count)
            let largest = mutualInformation[f, places[f].First]
            where largest == mutualInformation[f, places[f].Second]
            from d in Enumerable.Range(0, latents)
            where mutualInformation[f, d] == largest
            from share in new[] { -1, -0.5, 0, 0.5, 1 }
            select new Alternative((f * latents) + d, share * Slope(f).Value, 0, default);
        return (
            new Tensor(slopes.Shape.ToArray(), slopes.ToDoubles()) { Tolerance = slopes.Tolerance! with { Alternatives = [.. ties] } },
            Answers.Floats([entropy.Count], Answers.Each(entropy.Count, f => -(Slope(f) * (Gap(mutualInformation, f) / entropy[f])))));
    }

    private static Real Gap(Tensor information, int factor)
    {
        var (first, second) = TwoLargest(information, factor);
        return (Real)information[factor, first] - information[factor, second];
    }

    private static (int First, int Second) TwoLargest(Tensor information, int factor)
    {
        int[] order = [.. Enumerable.Range(0, information.Shape[1]).OrderByDescending(d => information[factor, d])];
        return (order[0], order[1]);
    }

    private static void RefuseUnlessFactors(Tensor information, Tensor entropy)
    {
        if (information.Shape[0] != entropy.Count || information.Shape[1] < 2 || entropy.Count == 0)
        {
            throw new RefusalException($"information {Tensor.Show(information.Shape)} and {entropy.Count} entropies; a row a factor, two latents or more");
        }

        foreach (var nats in entropy.ToDoubles())
        {
            Refuse.UnlessPositive("entropy", nats);
        }
    }
}
