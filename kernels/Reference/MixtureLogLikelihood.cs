using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// log Σ_m e^(lw_m + lp_m) = peak + log Σ e^(lw + lp − peak): densities of sound or pictures are far below what e^x can hold.
// ∂/∂lw_m = ∂/∂lp_m = r_m = e^(lw_m + lp_m − log Σ), the share of component m.
public sealed partial class ReferenceKernels
{
    public Tensor MixtureLogLikelihood(Tensor logWeights, Tensor logProbs)
    {
        RefuseUnlessMixture(logWeights, logProbs);
        return Answers.Floats([logProbs.Shape[0]], Answers.Each(logProbs.Shape[0], n => LogSumExp(Components(logWeights, logProbs, n))));
    }

    public (Tensor? DLogWeights, Tensor? DLogProbs) MixtureLogLikelihoodVjp(Tensor logWeights, Tensor logProbs, Tensor dLogLikelihood)
    {
        RefuseUnlessMixture(logWeights, logProbs);
        var shares = Enumerable.Range(0, logProbs.Shape[0]).SelectMany(n => Shares(Components(logWeights, logProbs, n))).ToArray();
        Tensor Slopes() => Answers.Like(logProbs, i => dLogLikelihood[i / logProbs.Shape[1]] * shares[i]);
        return (Slopes(), Slopes());
    }

    /// <summary>A term of no density, e^−∞, adds nothing and errs by nothing; where all are such, so is the sum.</summary>
    private static Real LogSumExp(Real[] terms)
    {
        var peak = terms.Any(t => double.IsNaN(t.Value)) ? double.NaN : terms.Max(t => t.Value);
        return peak == double.NegativeInfinity
            ? new Real(peak, default, 0)
            : Terms(peak, Log(Sum([.. terms.Select(t => t.Value == double.NegativeInfinity ? 0 : Exp(t - peak))])));
    }

    /// <summary>e^(term − log Σ): what both lost is a part of each share.</summary>
    private static Real[] Shares(Real[] terms)
    {
        var whole = LogSumExp(terms);
        return [.. terms.Select(t => t.Value == double.NegativeInfinity ? 0 : Exp(t - whole))];
    }

    private static Real[] Components(Tensor logWeights, Tensor logProbs, int row) =>
        Answers.Each(logProbs.Shape[1], m => (Real)logWeights[row, m] + logProbs[row, m]);

    private static void RefuseUnlessMixture(Tensor logWeights, Tensor logProbs)
    {
        Refuse.UnlessSameShape(logWeights, logProbs);
        Refuse.UnlessPositive("the number of components", logProbs.Shape[1]);
    }
}
