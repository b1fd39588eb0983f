using System.Globalization;

namespace LatentConformance.Lessons.Recognising;

/// <summary>Numbers written the way the page writes them.</summary>
internal static class Digits
{
    private const int MoreDecimals = 3;

    /// <summary>48× is a number with its sign; the sign is looked for before its end.</summary>
    private static readonly System.Buffers.SearchValues<char> Signs = System.Buffers.SearchValues.Create("^×*·+-−/\\");

    /// <summary>Rounding that takes more than this of a number takes too much: 0.05 is not 0.1.</summary>
    private const double Telling = 0.02;

    /// <summary>With the decimals, the separators, the suffix and the minus of what is printed.</summary>
    public static string Like(string printed, double value)
    {
        // 3 × 4 or 10^{-5} is not a way to write another number.
        var isBeyondDigits = Math.Abs(value) is >= 1e15 or (> 0 and < 1e-7);
        if (isBeyondDigits || (printed.AsSpan().Trim("-−×").IndexOfAny(Signs) >= 0 && !printed.Contains('e', StringComparison.Ordinal)))
        {
            return Short(value);
        }

        if (printed.AsSpan().IndexOfAny('e', 'E') is > 0 and var e && char.IsAsciiDigit(printed[e - 1]))
        {
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        }

        var suffix = printed[LastDigit(printed)..].TrimStart(' ', '-', '\u00a0');
        var times = suffix.Trim() switch
        {
            "K" or "k" or "thousand" => 1e3,
            "M" or "million" => 1e6,
            "B" or "bn" or "billion" => 1e9,
            "T" or "trillion" => 1e12,
            "%" => 0.01,
            _ => 1,
        };
        var point = printed.IndexOf('.', StringComparison.Ordinal);
        var printedDecimals = point < 0 ? 0 : printed.Skip(point + 1).TakeWhile(char.IsAsciiDigit).Count();
        var text = Plain(value / times, printedDecimals, IsGrouped(printed));
        var tail = times != 1 || suffix is "×" or "x" or "X" ? printed[LastDigit(printed)..] : "";
        return (printed.Contains('−', StringComparison.Ordinal) ? text.Replace('-', '−') : text) + tail;
    }

    private static string Plain(double value, int printed, bool? isGrouped)
    {
        var most = Math.Min(9, printed == 0 ? 2 : printed + MoreDecimals);
        var decimals = Enumerable.Range(printed, most - printed + 1).FirstOrDefault(d => Math.Abs(Math.Round(value, d) - value) <= 1e-12 * Math.Abs(value), -1);
        if (decimals < 0 || Math.Abs(Math.Round(value, printed) - value) <= Telling * Math.Abs(value))
        {
            // A whole number is not made of one that is none, nor nought of a small one.
            for (decimals = printed; decimals < (printed == 0 ? 2 : 9) && IsLost(value, decimals);)
            {
                decimals++;
            }
        }

        var grouped = isGrouped ?? Math.Abs(value) >= 10_000;
        return value.ToString((grouped ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Null where what is printed is too short to show.</summary>
    private static bool? IsGrouped(string printed) => printed.Contains(',', StringComparison.Ordinal) ? true
        : printed.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit).Count() > 4 || printed.Contains('.', StringComparison.Ordinal) ? false : null;

    private static int LastDigit(string printed)
    {
        var end = printed.Length;
        while (end > 0 && !char.IsAsciiDigit(printed[end - 1]))
        {
            end--;
        }

        return end == 0 ? printed.Length : end;
    }

    /// <summary>Half a unit of the last digit of a plain decimal.</summary>
    public static double HalfUnit(string printed)
    {
        var point = printed.IndexOf('.', StringComparison.Ordinal);
        return 0.5 * Math.Pow(10, point < 0 ? 0 : point + 1 - printed.Length);
    }

    /// <summary>At most six digits that say something; whole numbers whole.</summary>
    public static string Short(double value) => Math.Abs(value) is >= 1e4 and < 1e15 && value % 1 == 0
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private static bool IsLost(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals);
        return rounded == 0 ? value != 0 : decimals == 0 && rounded != value && Math.Abs(value) < 100;
    }
}
