namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>All the values that something printed may stand for.</summary>
internal readonly record struct Span(double Low, double High)
{
    /// <summary>Room for the roundings of our own arithmetic, and of whoever printed all seventeen digits of a float.</summary>
    private const double Roundings = 1e-9;

    public static Span Of(double value) => new(value, value);

    public static Span Around(double value, double by) => new(value - by, value + by);

    public bool IsFinite => double.IsFinite(Low) && double.IsFinite(High);

    public double Middle => Low == High ? Low : (Low + High) / 2;

    public bool Meets(Span other)
    {
        var room = Roundings * Math.Max(Math.Max(Math.Abs(Low), Math.Abs(High)), Math.Max(Math.Abs(other.Low), Math.Abs(other.High)));
        return IsFinite && other.IsFinite && Low <= other.High + room && other.Low <= High + room;
    }

    public Span Widened(double by) => new(Low - by, High + by);

    public static Span operator +(Span a, Span b) => new(a.Low + b.Low, a.High + b.High);

    public static Span operator -(Span a, Span b) => new(a.Low - b.High, a.High - b.Low);

    public static Span operator -(Span a) => new(-a.High, -a.Low);

    public static Span operator *(Span a, Span b) => Ends(a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);

    public static Span operator /(Span a, Span b) =>
        b.Low <= 0 && b.High >= 0 ? new(double.NaN, double.NaN) : Ends(a.Low / b.Low, a.Low / b.High, a.High / b.Low, a.High / b.High);

    public Span To(Span power)
    {
        if (power.Low == power.High && power.Low == Math.Floor(power.Low) && Low < 0)
        {
            var (a, b) = (Math.Pow(Low, power.Low), Math.Pow(High, power.Low));
            var isEven = power.Low % 2 == 0;
            return isEven && High > 0 ? new Span(0, Math.Max(a, b)) : Ends(a, b, a, b);
        }

        return Ends(Math.Pow(Low, power.Low), Math.Pow(Low, power.High), Math.Pow(High, power.Low), Math.Pow(High, power.High));
    }

    /// <summary>Through a function that never falls.</summary>
    public Span Through(Func<double, double> rising) => new(rising(Low), rising(High));

    private static Span Ends(double a, double b, double c, double d) =>
        new(Math.Min(Math.Min(a, b), Math.Min(c, d)), Math.Max(Math.Max(a, b), Math.Max(c, d)));
}
