using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// KL = ½ Σ (Δμ²/e^lp + e^Δl − Δl − 1): the prior's mean falls out, its variance only measures Δμ.
// ∂/∂Δμ = Δμ/e^lp, ∂/∂Δl = ½ (e^Δl − 1), ∂/∂lp = −½ Δμ²/e^lp.
public sealed partial class ReferenceKernels
{
    public Tensor KlResidual(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP)
    {
        Refuse.UnlessSameShape(deltaMu, deltaLogvar, logvarP);
        var (samples, elements) = SamplesOf(deltaMu);
        return Answers.Floats([samples], Answers.Each(samples, b => KlResidualOfSample(deltaMu, deltaLogvar, logvarP, b, elements)));
    }

    public (Tensor? DDeltaMu, Tensor? DDeltaLogvar, Tensor? DLogvarP) KlResidualVjp(
        Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP, Tensor dKl)
    {
        Refuse.UnlessSameShape(deltaMu, deltaLogvar, logvarP);
        var (_, elements) = SamplesOf(deltaMu);
        return (
            Answers.Like(deltaMu, i => dKl[i / elements] * (deltaMu[i] / Exp(logvarP[i]))),
            Answers.Like(deltaMu, i => dKl[i / elements] * (0.5 * Terms(ResidualRatio(deltaLogvar[i], logvarP[i]), -1).Knowing(ExpMinusOne(deltaLogvar[i])))),
            Answers.Like(deltaMu, i => dKl[i / elements] * PriorSlope(deltaMu[i], deltaLogvar[i], logvarP[i])));
    }

    private static Real KlResidualOfSample(Tensor deltaMu, Tensor deltaLogvar, Tensor logvarP, int sample, int elements)
    {
        var parts = new List<Real>(4 * elements);
        for (var i = sample * elements; i < (sample + 1) * elements; i++)
        {
            parts.AddRange([
                ShiftTerm(deltaMu[i], 0, logvarP[i]),
                ResidualRatio(deltaLogvar[i], logvarP[i]),
                ResidualLog(deltaLogvar[i], logvarP[i]),
                -1]);
        }

        var magnitude = parts.Sum(p => Math.Abs(p.Value));
        var sum = Sum(parts);
        return 0.5 * (sum with { Error = sum.Error + new Coefficients(3 * magnitude, 0, 0) });
    }

    /// <summary>e^Δl; code that first makes q of p and Δ adds lp and divides by e^lp again, and may round on the way.</summary>
    private static Real ResidualRatio(double deltaLogvar, double logvarP) =>
        (Exp((Real)logvarP + deltaLogvar) / Exp(logvarP)).Knowing(Math.Exp(deltaLogvar));

    /// <summary>−Δl, or lp − (lp + Δl).</summary>
    private static Real ResidualLog(double deltaLogvar, double logvarP) => (logvarP - ((Real)logvarP + deltaLogvar)).Knowing(-deltaLogvar);

    /// <summary>Through q as well as through p the variance ratio goes in and comes out again.</summary>
    private static Real PriorSlope(double deltaMu, double deltaLogvar, double logvarP)
    {
        var (shift, ratio) = (ShiftTerm(deltaMu, 0, logvarP), ResidualRatio(deltaLogvar, logvarP));
        return 0.5 * Terms(ratio, -1, 1, -ratio, -shift).Knowing(-shift.Value);
    }
}
