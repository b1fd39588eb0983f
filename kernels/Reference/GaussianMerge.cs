using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// Precisions a = e^−la, b = e^−lb; logvar = −log(a + b), mu = w ma + (1 − w) mb with w = a/(a + b).
// ∂mu/∂ma = w, ∂mu/∂la = w (1 − w) (mb − ma), ∂logvar/∂la = w, and the same of b with the letters changed.
public sealed partial class ReferenceKernels : IHierarchicalLatent
{
    public (Tensor? Mu, Tensor? Logvar) GaussianMerge(Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB)
    {
        Refuse.UnlessSameShape(muA, logvarA, muB, logvarB);
        return (
            Answers.Like(muA, i => MergedMean(muA[i], MergeWeight(logvarA[i], logvarB[i]), muB[i], MergeWeight(logvarB[i], logvarA[i]))),
            Answers.Like(muA, i => MergedLogvar(logvarA[i], logvarB[i])));
    }

    public (Tensor? DMuA, Tensor? DLogvarA, Tensor? DMuB, Tensor? DLogvarB) GaussianMergeVjp(
        Tensor muA, Tensor logvarA, Tensor muB, Tensor logvarB, Tensor dMu, Tensor dLogvar)
    {
        Refuse.UnlessSameShape(muA, logvarA, muB, logvarB, dMu, dLogvar);
        return (
            Answers.Like(muA, i => dMu[i] * MergeWeight(logvarA[i], logvarB[i])),
            Answers.Like(muA, i => MergeSlope(muA[i], logvarA[i], muB[i], logvarB[i], dMu[i], dLogvar[i])),
            Answers.Like(muA, i => dMu[i] * MergeWeight(logvarB[i], logvarA[i])),
            Answers.Like(muA, i => MergeSlope(muB[i], logvarB[i], muA[i], logvarA[i], dMu[i], dLogvar[i])));
    }

    /// <summary>a/(a + b): by precisions, by variances or as a sigmoid of the difference, whose rounding counts too.</summary>
    private static Real MergeWeight(double logvar, double other)
    {
        var (own, beside) = (Exp(-(Real)logvar), Exp(-(Real)other));
        var variances = Exp(Math.Max(Math.Abs(logvar), Math.Abs(other)));
        var weight = own / (own + beside);
        var shift = Math.Abs(logvar - other) * weight.Value * beside.Value / (own.Value + beside.Value);
        return weight with
        {
            Error = weight.Error + new Coefficients(shift + (2 * weight.Value), 0, 0),
            Peak = Math.Max(weight.Peak, variances.Peak),
        };
    }

    /// <summary>The weighted mean, and for ma + (mb − ma) w what that loses of the larger of the two.</summary>
    private static Real MergedMean(double muA, Real a, double muB, Real b)
    {
        var mean = (a * muA) + (b * muB);
        return mean with { Error = mean.Error + new Coefficients(6 * (Math.Abs(muA) + Math.Abs(muB)), 0, 0) };
    }

    /// <summary>−log(a + b), or the logarithm of 1/(a + b) or of the product of the variances over their sum: seven roundings more.</summary>
    private static Real MergedLogvar(double a, double b)
    {
        var merged = -Log(Exp(-(Real)a) + Exp(-(Real)b));
        return merged with { Error = merged.Error + new Coefficients(8, 0, 0), Peak = Math.Max(merged.Peak, Math.Exp(Math.Max(Math.Abs(a), Math.Abs(b)))) };
    }

    /// <summary>
    /// Through both outputs. Differentiated by a program the first is w (mu − ma), with the cancellation of that difference.
    /// </summary>
    private static Real MergeSlope(double mu, double logvar, double otherMu, double other, double dMu, double dLogvar)
    {
        var (own, beside) = (MergeWeight(logvar, other), MergeWeight(other, logvar));
        var slope = Terms(dMu * (own * beside * ((Real)otherMu - mu)), dLogvar * own);
        var cancelled = 32 * Math.Abs(dMu) * own.Value * (Math.Abs(mu) + (own.Value * Math.Abs(mu)) + (beside.Value * Math.Abs(otherMu)));
        return slope with { Error = slope.Error + new Coefficients(cancelled, 0, 0) };
    }
}
