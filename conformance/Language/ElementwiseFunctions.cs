namespace LatentConformance.Conformance.Language;

/// <summary>Functions of one number, applied to each; slack grows with the slope.</summary>
internal static class ElementwiseFunctions
{
    public static readonly Function[] All =
    [
        One("abs(x)", "magnitude", Math.Abs, _ => 1),
        One("exp(x)", "e to the x", Math.Exp, Math.Exp),
        One("log(x)", "natural logarithm", Math.Log, x => 1 / x),
        One("log2(x)", "logarithm to base 2", Math.Log2, x => 1 / (x * Math.Log(2))),
        One("log10(x)", "logarithm to base 10", Math.Log10, x => 1 / (x * Math.Log(10))),
        One("sqrt(x)", "square root", Math.Sqrt, x => 0.5 / Math.Sqrt(x)),
        One("tanh(x)", "hyperbolic tangent", Math.Tanh, x => 1 - Math.Pow(Math.Tanh(x), 2)),
        One("atanh(x)", "inverse hyperbolic tangent", Math.Atanh, x => 1 / (1 - (x * x))),
        One("sigmoid(x)", "1 / (1 + e^-x)", x => 1 / (1 + Math.Exp(-x)), x => 0.25),
        One("sign(x)", "-1, 0 or 1", x => double.IsNaN(x) ? x : Math.Sign(x), _ => 0),
        One("round(x)", "to the nearest whole number, halves to even", x => Math.Round(x, MidpointRounding.ToEven), _ => 0),
        One("floor(x)", "the whole number below", Math.Floor, _ => 0),
        One("ceil(x)", "the whole number above", Math.Ceiling, _ => 0),
        One("is_finite(x)", "1 where x is neither NaN nor infinite, else 0", x => double.IsFinite(x) ? 1 : 0, _ => 0),
    ];

    private static Function One(string usage, string says, Func<double, double> f, Func<double, double> slope) =>
        new(usage, says, 1, 1, call => call[0].Map(f, slope));
}
