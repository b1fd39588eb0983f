using System.Globalization;

namespace LatentConformance.Lessons.Recognising;

/// <summary>Numbers written the way the page writes them.</summary>
internal static class Digits
{
    /// <summary>With the decimals, the separators and the suffix of what is printed.</summary>
    public static string Like(string printed, double value)
    {
        var isPercent = printed.Contains('%', StringComparison.Ordinal);
        var suffix = printed.SkipWhile(c => !char.IsLetter(c)).ToArray() is { Length: 1 } one ? one[0] : ' ';
        var scale = suffix switch { 'K' or 'k' => 1e3, 'M' => 1e6, 'B' => 1e9, 'T' => 1e12, _ => isPercent ? 0.01 : 1 };
        var point = printed.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : printed.Skip(point + 1).TakeWhile(char.IsAsciiDigit).Count();
        var scaled = value / scale;

        // A whole number is not made of one that is none, nor nought of a small one.
        while (decimals < 9 && (point < 0 ? decimals < 2 : decimals < 9) && IsLost(scaled, decimals))
        {
            decimals++;
        }

        var grouped = printed.Contains(',', StringComparison.Ordinal) || (point < 0 && Math.Abs(scaled) >= 10_000);
        var text = scaled.ToString((grouped ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Replace('-', '-') + (scale == 1 ? "" : isPercent ? "%" : suffix.ToString());
    }

    /// <summary>At most six digits that say something.</summary>
    public static string Short(double value) => Math.Abs(value) is >= 1e6 and < 1e15 && value % 1 == 0
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private static bool IsLost(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals);
        return rounded == 0 ? value != 0 : decimals == 0 && rounded != value && Math.Abs(value) < 100;
    }
}
