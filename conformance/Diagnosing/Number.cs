using System.Globalization;

namespace LatentConformance.Conformance.Diagnosing;

/// <summary>A number as a person would write it: of all that rounding leaves possible, the one with the fewest digits.</summary>
internal readonly record struct Number(double Value, string Text)
{
    /// <summary>Whole numbers beyond this say nothing in a fraction.</summary>
    private const double Largest = 1e6;

    private const int FractionSteps = 32;

    /// <summary>Digits that "ln 2" counts for: less than a fraction by chance, more than a number that is one.</summary>
    private const int DigitsOfAName = 3;

    private static readonly (double Value, string Text)[] Named =
    [
        (Math.Log(2), "ln 2"), (1 / Math.Log(2), "1/ln 2"), (Math.Log(10), "ln 10"), (1 / Math.Log(10), "1/ln 10"), (Math.Log10(2), "log₁₀ 2"),
        (Math.Sqrt(2), "√2"), (Math.Sqrt(0.5), "1/√2"), (Math.PI, "π"), (1 / Math.PI, "1/π"), (Math.Log(Math.Tau) / 2, "½ ln 2π"),
    ];

    /// <summary>The part below a fraction bar, where the number is one over something.</summary>
    public string? Divisor => Text.StartsWith("1/", StringComparison.Ordinal) ? Text[2..] : Value is 0.5 ? "2" : null;

    public static Number Simplest(Interval interval)
    {
        if (interval.Contains(0))
        {
            return new(0, "0");
        }

        if (interval.High < 0)
        {
            var opposite = Simplest(new(-interval.High, -interval.Low));
            return new(-opposite.Value, $"-{opposite.Text}");
        }

        var (number, digits) = Decimal(interval);
        if (Fraction(interval, 0) is { } f && Digits(f.Top) + Digits(f.Bottom) < digits)
        {
            (number, digits) = (new(f.Top / f.Bottom, string.Create(CultureInfo.InvariantCulture, $"{f.Top}/{f.Bottom}")), Digits(f.Top) + Digits(f.Bottom));
        }

        var named = Array.Find(Named, n => interval.Contains(n.Value));
        return named.Text is not null && digits > DigitsOfAName ? new(named.Value, named.Text) : number;
    }

    private static (Number Number, int Digits) Decimal(Interval interval)
    {
        for (var digits = 1; ; digits++)
        {
            var text = interval.Middle.ToString($"G{digits}", CultureInfo.InvariantCulture);
            var value = double.Parse(text, CultureInfo.InvariantCulture);
            if (interval.Contains(value) || digits == 17)
            {
                return (new(value, value.ToString(CultureInfo.InvariantCulture)), digits);
            }
        }
    }

    /// <summary>The fraction with the smallest terms in the interval, by continued fractions.</summary>
    private static (double Top, double Bottom)? Fraction(Interval interval, int step)
    {
        var whole = Math.Ceiling(interval.Low);
        if (whole <= interval.High)
        {
            return whole <= Largest ? (whole, 1) : null;
        }

        var below = whole - 1;
        return step < FractionSteps && Fraction(new(1 / (interval.High - below), 1 / (interval.Low - below)), step + 1) is { } rest && (below * rest.Top) + rest.Bottom <= Largest
            ? ((below * rest.Top) + rest.Bottom, rest.Top)
            : null;
    }

    private static int Digits(double whole) => whole.ToString(CultureInfo.InvariantCulture).Length;
}
