using LatentConformance.Contract;

namespace LatentConformance.Reference;

/// <summary>
/// A float64 value that carries the running error bound of the ordinary algorithm that computes it in any dtype
/// (Wilkinson's running error analysis, first order), so that a formula written in it states its own tolerance.
/// </summary>
public readonly record struct Real(double Value, Coefficients Error, double Peak)
{
    /// <summary>Roundoffs that a library's exp, log, tanh or pow may spend: 2 ulp is 4 u; GPUs need it.</summary>
    private const double Library = 4;

    /// <summary>The smallest normal number.</summary>
    private static readonly double Normal = Precision.Of(DType.Float64).Tiny;

    public static implicit operator Real(double value) => new(value, default, Math.Abs(value));

    public static Real operator +(Real a, Real b) => Rounded(a.Value + b.Value, a.Error + b.Error, a, b);

    public static Real operator -(Real a, Real b) => Rounded(a.Value - b.Value, a.Error + b.Error, a, b);

    public static Real operator -(Real a) => new(-a.Value, a.Error, a.Peak);

    public static Real operator *(Real a, Real b) =>
        Rounded(a.Value * b.Value, (Math.Abs(b.Value) * a.Error) + (Math.Abs(a.Value) * b.Error), a, b, underflow: 1);

    public static Real operator /(Real a, Real b)
    {
        var quotient = a.Value / b.Value;
        var error = 1 / Math.Abs(b.Value) * (a.Error + (Math.Abs(quotient) * b.Error));
        return Rounded(quotient, error, a, b, underflow: 1);
    }

    public static Real Exp(Real a)
    {
        var value = Math.Exp(a.Value);
        return Rounded(value, value * a.Error, a, a, Library, underflow: 1);
    }

    public static Real Log(Real a) => Rounded(Math.Log(a.Value), 1 / Math.Abs(a.Value) * a.Error, a, a, Library);

    public static Real Log1P(Real a) => Rounded(LogOnePlus(a.Value), 1 / Math.Abs(1 + a.Value) * a.Error, a, a, Library, underflow: 1);

    public static Real ExpM1(Real a) => Rounded(ExpMinusOne(a.Value), Math.Exp(a.Value) * a.Error, a, a, Library, underflow: 1);

    /// <summary>a^n of a number that is given, not computed.</summary>
    public static Real Power(double a, double n) => Rounded(Math.Pow(a, n), default, a, a, Library, underflow: 1);

    public static Real Sqrt(Real a)
    {
        var root = Math.Sqrt(a.Value);
        return Rounded(root, root == 0 ? default : 1 / (2 * root) * a.Error, a, a);
    }

    public static Real Tanh(Real a)
    {
        var value = Math.Tanh(a.Value);
        return Rounded(value, (1 - (value * value)) * a.Error, a, a, Library);
    }

    public static Real Abs(Real a) => a with { Value = Math.Abs(a.Value) };

    /// <inheritdoc cref="RunningSum"/>
    public static Real Sum(IReadOnlyList<Real> terms)
    {
        var sum = new RunningSum();
        foreach (var term in terms)
        {
            sum.Add(term);
        }

        return sum.Total;
    }

    /// <summary>
    /// A few terms of one formula, joined in whatever order element by element, each step rounded to storage.
    /// </summary>
    public static Real Terms(params ReadOnlySpan<Real> terms)
    {
        double value = 0, magnitude = 0, peak = 0;
        Coefficients error = default;
        foreach (var term in terms)
        {
            value += term.Value;
            magnitude += Math.Abs(term.Value);
            peak = Math.Max(peak, term.Peak);
            error += term.Error;
        }

        error += new Coefficients((terms.Length - 1) * magnitude, 0, 0);
        return new Real(value, error, Math.Max(peak, magnitude));
    }

    /// <summary>A value known better than this formula computes it, with this formula's error bound.</summary>
    public Real Knowing(double value) => this with { Value = value };

    /// <summary>
    /// e^x − 1 to the last digits (Kahan): what e^x lost in rounding, its logarithm lost too. double.ExpM1 subtracts one and
    /// answers 0 for 1e-17.
    /// </summary>
    public static double ExpMinusOne(double x)
    {
        var u = Math.Exp(x);

        // Below the normal numbers u has lost what its logarithm would have to give back, and is itself lost beside the one.
        return u == 1 ? x : u < Normal || double.IsInfinity(u) ? u - 1 : (u - 1) * (x / Math.Log(u));
    }

    /// <summary>log(1 + x) to the last digits, the same way; double.LogP1 adds one first.</summary>
    public static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : u == 0 || double.IsInfinity(u) ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    private static Real Rounded(double value, Coefficients error, Real a, Real b, double roundings = 1, double underflow = 0) =>
        new(
            value,
            error + new Coefficients(roundings * Math.Abs(value), 0, underflow),
            Math.Max(Math.Abs(value), Math.Max(a.Peak, b.Peak)));
}
