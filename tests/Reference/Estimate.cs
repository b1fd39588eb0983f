namespace LatentConformance.Tests.Reference;

/// <summary>A number by the second route, with what that route's own roundings may have cost.</summary>
internal readonly record struct Estimate(double Value, double Error)
{
    /// <summary>Unit roundoff of float64.</summary>
    public static readonly double Unit = Math.ScaleB(1, -53);

    /// <summary>What computing one term may lose: a few operations, and an exponential whose argument is below a hundred.</summary>
    private const double TermRoundoffs = 128;

    /// <summary>A number that float64 holds as it is.</summary>
    public static implicit operator Estimate(double exact) => new(exact, 0);

    public static Estimate operator +(Estimate a, Estimate b) => new(a.Value + b.Value, a.Error + b.Error + Rounding(a.Value + b.Value));

    public static Estimate operator -(Estimate a, Estimate b) => a + (-1 * b);

    public static Estimate operator *(double factor, Estimate a) =>
        new(factor * a.Value, (Math.Abs(factor) * a.Error) + Rounding(factor * a.Value));

    public static Estimate operator /(Estimate a, double divisor) => 1 / divisor * a;

    /// <summary>A few roundings of a value that came of well-conditioned operations only.</summary>
    public static Estimate Computed(double value) => new(value, TermRoundoffs * Unit * Math.Abs(value));

    /// <summary>n terms added one by one: n roundings of at most the sum of the magnitudes, and what each term brought.</summary>
    public static Estimate Sum(IEnumerable<double> terms)
    {
        double value = 0, magnitude = 0;
        var count = 0;
        foreach (var term in terms)
        {
            value += term;
            magnitude += Math.Abs(term);
            count++;
        }

        return new(value, (count + TermRoundoffs) * Unit * magnitude);
    }

    public static Estimate Sum(IEnumerable<Estimate> terms)
    {
        var all = terms.ToArray();
        return Sum(all.Select(t => t.Value)) with { Error = all.Sum(t => t.Error) + (all.Length * Rounding(all.Sum(t => Math.Abs(t.Value)))) };
    }

    public static Estimate Log(Estimate a) => new(Math.Log(a.Value), (a.Error / a.Value) + Rounding(Math.Log(a.Value)));

    private static double Rounding(double value) => 2 * Unit * Math.Abs(value);
}
