namespace LatentConformance.Conformance.Diagnosing;

/// <summary>The numbers that rounding leaves possible, ends included.</summary>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>A number known only to a sixteenth of itself is not known.</summary>
    private const double Vague = 1.0 / 16;

    public static readonly Interval Everything = new(double.NegativeInfinity, double.PositiveInfinity);

    public bool IsEmpty => !(Low <= High);

    public double Middle => Low + ((High - Low) / 2);

    /// <summary>The share of the number itself that is left open, at most all of it.</summary>
    public double Openness => High == Low ? 0 : High - Low <= Math.Abs(Middle) ? (High - Low) / Math.Abs(Middle) : 1;

    public bool IsSharp => Openness <= Vague;

    public static Interval Around(double value, double slack) => new(value - slack, value + slack);

    public static Interval operator /(Interval interval, double divisor) => divisor < 0
        ? new(interval.High / divisor, interval.Low / divisor)
        : new(interval.Low / divisor, interval.High / divisor);

    public static Interval operator -(Interval interval, double number) => new(interval.Low - number, interval.High - number);

    public bool Contains(double value) => Low <= value && value <= High;

    public Interval And(Interval other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));
}
