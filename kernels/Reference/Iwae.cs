using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// log (1/K) Σ_k e^lw_k = m + log Σ_k e^(lw_k − m) − log K, m the largest of the sample's lw; ∂/∂lw_k = w_k = e^lw_k / Σ e^lw.
// As weights of a loss w is held constant: sg(w), whose own gradient is zero.
public sealed partial class ReferenceKernels : IBounds
{
    public Tensor IwaeBound(Tensor logWeights)
    {
        var samples = RefuseUnlessWeighted(logWeights);
        return Answers.Floats([samples], Answers.Each(samples, b => BoundOf(Row(logWeights, b))));
    }

    public Tensor IwaeBoundVjp(Tensor logWeights, Tensor dBound)
    {
        RefuseUnlessWeighted(logWeights);
        var weights = NormalisedWeights(logWeights);
        return Answers.Like(logWeights, i => dBound[i / logWeights.Shape[1]] * weights[i]);
    }

    public Tensor IwaeWeights(Tensor logWeights)
    {
        RefuseUnlessWeighted(logWeights);
        return Answers.Floats(logWeights.Shape.ToArray(), NormalisedWeights(logWeights));
    }

    public Tensor IwaeWeightsVjp(Tensor logWeights, Tensor dWeights)
    {
        RefuseUnlessWeighted(logWeights);
        Refuse.UnlessSameShape(logWeights, dWeights);
        return Answers.Zeros(logWeights);
    }

    /// <summary>Also by adding one weight after another, log(e^a + e^b): each such step rounds the bound so far.</summary>
    private static Real BoundOf(double[] logWeights)
    {
        var (peak, sum) = ShiftedWeights(logWeights);
        var bound = Terms(peak, Log(sum), -Log(logWeights.Length));
        var steps = logWeights.Length <= 64 ? logWeights.Length - 1 : 8 * Math.Sqrt(logWeights.Length);
        var oneByOne = steps * (Math.Abs(peak) + Math.Log(logWeights.Length) + 6);
        return bound with { Error = bound.Error + new Coefficients(0, oneByOne, 0) };
    }

    /// <summary>e^(lw − m)/Σ, or e^(lw − lse): then what lse lost is a part of every weight.</summary>
    private static Real[] NormalisedWeights(Tensor logWeights) =>
    [
        .. Enumerable.Range(0, logWeights.Shape[0]).Select(b => Row(logWeights, b)).SelectMany(row =>
        {
            var (peak, sum) = ShiftedWeights(row);
            var whole = Terms(peak, Log(sum));
            return row.Select(w => w == double.NegativeInfinity ? 0 : Exp(w - whole).Knowing(Math.Exp(w - peak) / sum.Value));
        }),
    ];

    /// <summary>The largest, and Σ e^(lw − largest). A sample of no density has weight zero and no part in it.</summary>
    private static (double Peak, Real Sum) ShiftedWeights(double[] logWeights)
    {
        var peak = logWeights.Max();
        peak = logWeights.Any(double.IsNaN) ? double.NaN : peak;
        return (peak, Answers.Sum(logWeights.Length, k =>
            logWeights[k] == double.NegativeInfinity ? 0 : Exp((Real)logWeights[k] - peak)));
    }

    private static int RefuseUnlessWeighted(Tensor logWeights)
    {
        Refuse.UnlessPositive("the number of weights a sample", logWeights.Shape[1]);
        return logWeights.Shape[0];
    }
}
