namespace LatentConformance.Tests.Reference;

/// <summary>
/// Expectations under the standard normal by the trapezoid rule, which for a Gaussian of standard deviation s errs by
/// e^(−2π² s²/step²): below e^−100 for s down to 0.3. Past the reach the weight is below e^−84.
/// </summary>
internal static class Quadrature
{
    private const double Step = 0.125;
    private const double Reach = 13;

    private static readonly double[] Nodes = [.. Enumerable.Range(0, (int)(2 * Reach / Step) + 1).Select(i => (i * Step) - Reach)];

    /// <summary>E[Σ terms(t)]; the terms apart, so that what they cancel is counted as error.</summary>
    public static Estimate Normal(params Func<double, double>[] terms) =>
        Estimate.Sum(from t in Nodes from term in terms select Weight(t) * term(t));

    /// <summary>The same in the plane.</summary>
    public static Estimate Normal(params Func<double, double, double>[] terms) =>
        Estimate.Sum(from s in Nodes from t in Nodes from term in terms select Weight(s) * Weight(t) * term(s, t));

    private static double Weight(double t) => Step * Math.Exp(-t * t / 2) / Math.Sqrt(2 * Math.PI);
}
