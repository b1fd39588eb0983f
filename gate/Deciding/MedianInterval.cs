namespace LatentConformance.Gate.Deciding;

/// <summary>The median of differences with an interval that may be looked at after every one of them: those medians that no sign test rejects.</summary>
public readonly record struct MedianInterval(double Median, double Low, double High)
{
    /// <param name="alpha">The chance that the interval, at any time, lies wholly above the median; and the same below it.</param>
    public static MedianInterval Of(IReadOnlyCollection<double> differences, double alpha)
    {
        if (differences.Count == 0)
        {
            return new MedianInterval(double.NaN, double.NegativeInfinity, double.PositiveInfinity);
        }

        double[] sorted = [.. differences.Order()];
        var enough = SignTest.Enough(sorted.Length, alpha);
        return new MedianInterval(
            Middle(sorted),
            enough > sorted.Length ? double.NegativeInfinity : sorted[^enough],
            enough > sorted.Length ? double.PositiveInfinity : sorted[enough - 1]);
    }

    private static double Middle(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
