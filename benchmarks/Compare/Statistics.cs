namespace LatentConformance.Compare;

/// <summary>A handful of repeated measurements: the middle, where half of them lie, and the ends.</summary>
internal readonly record struct Spread(double Median, double LowerQuartile, double UpperQuartile, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? throw new ArgumentException("a spread of no values")
            : new Spread(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75), sorted[0], sorted[^1]);
    }

    /// <summary>Round by round, so that what slowed both sides of a round cancels.</summary>
    public static Spread OfRatios(IReadOnlyList<double> over, IReadOnlyList<double> under) => Of(over.Zip(under, (a, b) => a / b));

    /// <summary>Between the two neighbours, in proportion: what numpy.quantile and a spreadsheet answer.</summary>
    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}

/// <summary>How a cost grows: the straight line through it, how well it fits, and the power that the cost grows with.</summary>
internal readonly record struct Growth(double Intercept, double Slope, double RSquared, double Exponent)
{
    public static Growth Of(IReadOnlyList<double> sizes, IReadOnlyList<double> costs)
    {
        var (intercept, slope, rSquared) = Line(sizes, costs);
        var (_, exponent, _) = Line([.. sizes.Select(n => Math.Log(n))], [.. costs.Select(ms => Math.Log(ms))]);
        return new Growth(intercept, slope, rSquared, exponent);
    }

    /// <summary>Least squares.</summary>
    private static (double Intercept, double Slope, double RSquared) Line(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Distinct().Count() < 2)
        {
            throw new ArgumentException("a line takes two different sizes");
        }

        var (meanX, meanY) = (x.Average(), y.Average());
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        var intercept = meanY - (slope * meanX);
        var total = y.Sum(b => (b - meanY) * (b - meanY));
        var rest = x.Zip(y, (a, b) => Math.Pow(b - intercept - (slope * a), 2)).Sum();
        return (intercept, slope, total == 0 ? 1 : 1 - (rest / total));
    }
}
