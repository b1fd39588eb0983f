using LatentConformance.Contract;
using static LatentConformance.Reference.Real;

namespace LatentConformance.Reference;

// log N(z; μ, σ²) = −(z − μ)²/2σ² − log σ − ½ log 2π, with σ = e^(lv/2) and its logarithm taken again, as libraries do.
// ∂/∂z = −(z − μ)/σ², ∂/∂μ = (z − μ)/σ², ∂/∂lv = ½ ((z − μ)²/σ² − 1).
internal static class LogDensity
{
    private static readonly Real HalfLogTwoPi = 0.5 * Log(2 * Math.PI);

    public static Real[] Parts(double z, double mu, double logvar)
    {
        var (shift, sigma) = ((Real)z - mu, Sigma(logvar));
        return [-(shift * shift / (2 * (sigma * sigma))), -Log(sigma).Knowing(0.5 * logvar), -HalfLogTwoPi];
    }

    /// <summary>Under N(0, 1).</summary>
    public static Real[] PriorParts(double z) => [-(0.5 * ((Real)z * z)), -HalfLogTwoPi];

    public static Real Of(double z, double mu, double logvar) => Terms(Parts(z, mu, logvar));

    /// <summary>By density or by part, sample by sample or term by term: a few roundings of every magnitude more than of one sum.</summary>
    public static Real Joined(List<Real> parts)
    {
        var sum = Sum(parts);
        return sum with { Error = sum.Error + new Coefficients(3 * parts.Sum(p => Math.Abs(p.Value)), 0, 0) };
    }

    /// <summary>(z − μ)/σ²: the slope by μ, and less it by z.</summary>
    public static Real Pull(double z, double mu, double logvar)
    {
        var sigma = Sigma(logvar);
        return ((Real)z - mu) / (sigma * sigma);
    }

    /// <summary>½ (z − μ)²/σ² − ½; differentiation by way of σ makes of the half σ/2 · 1/σ.</summary>
    public static Real SlopeByLogvar(double z, double mu, double logvar)
    {
        var sigma = Sigma(logvar);
        return Terms(0.5 * (((Real)z - mu) * Pull(z, mu, logvar)), -(0.5 * sigma / sigma).Knowing(0.5));
    }

    private static Real Sigma(double logvar) => Exp(0.5 * (Real)logvar);
}
