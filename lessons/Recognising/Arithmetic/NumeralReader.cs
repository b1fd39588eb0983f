using System.Globalization;

namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>Reads one printed number: thousands separators, decimals, an exponent of ten, a suffix, a unit that sticks to it.</summary>
internal static class NumeralReader
{
    private const int MostDigits = 30;

    private static readonly Dictionary<char, double> Glyphs = new()
    {
        ['½'] = 1.0 / 2,
        ['⅓'] = 1.0 / 3,
        ['⅔'] = 2.0 / 3,
        ['¼'] = 1.0 / 4,
        ['¾'] = 3.0 / 4,
        ['⅕'] = 1.0 / 5,
        ['⅙'] = 1.0 / 6,
        ['⅛'] = 1.0 / 8,
    };

    private static readonly Dictionary<string, double> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["thousand"] = 1e3,
        ["million"] = 1e6,
        ["billion"] = 1e9,
        ["trillion"] = 1e12,
        ["quadrillion"] = 1e15,
        ["quintillion"] = 1e18,
    };

    private static readonly Dictionary<string, double> Suffixes = new(StringComparer.Ordinal)
    {
        ["K"] = 1e3,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["B"] = 1e9,
        ["T"] = 1e12,
        ["bn"] = 1e9,
    };

    /// <summary>The number that begins at this place, and how long it is; null where none does.</summary>
    public static (Numeral Number, int Length)? At(string text, int start)
    {
        if (Glyphs.TryGetValue(text[start], out var fraction))
        {
            return (new Numeral(fraction, 0, 0, 1, IsWhole: false, IsGlyph: true), 1);
        }

        var (at, whole, digits) = (start, true, 0);
        Span<char> plain = stackalloc char[MostDigits + 2];
        var (length, decimals) = (0, 0);
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsAsciiDigit(c))
            {
                if (++digits > MostDigits)
                {
                    return null;
                }

                plain[length++] = c;
                decimals += whole ? 0 : 1;
                at++;
            }
            else if (whole && digits is > 0 && IsSeparator(text, at, start))
            {
                at++;
            }
            else if (c == '.' && whole && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
            {
                plain[length++] = '.';
                whole = false;
                at++;
            }
            else
            {
                break;
            }
        }

        // 1.2.3 is a version or a date, and 12,34 a number of a language that we do not read.
        if (digits == 0 || (at + 1 < text.Length && text[at] is '.' or ',' && IsDigit(text, at + 1) && (text[at] == '.' || !whole || at - start <= 3)))
        {
            return null;
        }

        // 03 is a month, and 0,600 a decimal of a language that we do not read.
        if (whole && digits > 1 && plain[0] == '0')
        {
            return null;
        }

        var value = double.Parse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var unit = 0.5 * Math.Pow(10, -decimals);
        (at, var ten) = Exponent(text, at);
        (value, unit) = (value * ten, unit * ten);
        return Suffixed(text, start, at, new Numeral(value, unit, decimals, digits, whole && ten == 1) { SignificantDigits = Significant(plain[..length]) });
    }

    private static (Numeral Number, int Length) Suffixed(string text, int start, int at, Numeral number)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]) && text[end] < 'ʰ')
        {
            end++;
        }

        var letters = text[at..end];
        if (letters is "x" or "X" || letters.Length == 0)
        {
            return Worded(text, start, at, number);
        }

        return Suffixes.TryGetValue(letters, out var times)
            ? (number with { Value = number.Value * times, HalfUnit = number.HalfUnit * times, Suffix = letters, Scale = times }, end - start)
            : (number with { Unit = letters }, end - start);
    }

    /// <summary>5 million, and 48× where nothing is multiplied.</summary>
    private static (Numeral Number, int Length) Worded(string text, int start, int at, Numeral number)
    {
        var word = at;
        while (word < text.Length && text[word] is ' ' or '\u00a0' or '-')
        {
            word++;
        }

        var end = word;
        while (end < text.Length && end - word <= 11 && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        if (word > at && Words.TryGetValue(text[word..end], out var times))
        {
            return (number with { Value = number.Value * times, HalfUnit = number.HalfUnit * times, Suffix = text[word..end], Scale = times }, end - start);
        }

        if (at < text.Length && text[at] is '×' or 'x' or 'X')
        {
            var next = at + 1;
            while (next < text.Length && text[next] == ' ')
            {
                next++;
            }

            var multiplies = next < text.Length && (char.IsAsciiDigit(text[next]) || text[next] == '(' || (text[next] == '.' && IsDigit(text, next + 1)) || (text[at] == '×' && IsNameOfOneLetter(text, next)));
            return multiplies ? (number, at - start) : (number with { IsRatio = true }, at + 1 - start);
        }

        return (number, at - start);
    }

    private static bool IsDigit(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private static bool IsNameOfOneLetter(string text, int at) =>
        char.IsLetter(text[at]) && text[at] is not ('a' or 'A') && (at + 1 >= text.Length || !char.IsLetter(text[at + 1]));

    /// <summary>A comma, a thin space or a low line with exactly three digits behind it, and no more than three before the first.</summary>
    private static bool IsSeparator(string text, int at, int start)
    {
        if (text[at] is not (',' or '\u2009' or '\u202f' or '_') || at + 3 >= text.Length + 0 && at + 3 > text.Length - 1)
        {
            return false;
        }

        var first = at;
        while (first > start && char.IsAsciiDigit(text[first - 1]))
        {
            first--;
        }

        return at - first <= 3 && at > first
            && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3])
            && (at + 4 >= text.Length || !char.IsAsciiDigit(text[at + 4]))
            && (first == start ? at - first <= 3 : at - first == 3);
    }

    private static (int At, double Ten) Exponent(string text, int at)
    {
        if (at + 1 >= text.Length || text[at] is not ('e' or 'E'))
        {
            return (at, 1);
        }

        var digits = at + (text[at + 1] is '-' or '+' or '−' ? 2 : 1);
        var end = digits;
        while (end < text.Length && char.IsAsciiDigit(text[end]) && end - digits < 4)
        {
            end++;
        }

        if (end == digits || (end < text.Length && char.IsLetterOrDigit(text[end])))
        {
            return (at, 1);
        }

        var power = int.Parse(text.AsSpan(digits, end - digits), NumberStyles.None, CultureInfo.InvariantCulture);
        return (end, Math.Pow(10, text[at + 1] is '-' or '−' ? -power : power));
    }

    private static int Significant(ReadOnlySpan<char> digits)
    {
        var count = 0;
        foreach (var c in digits.TrimStart("0."))
        {
            count += c == '.' ? 0 : 1;
        }

        return Math.Max(count, 1);
    }
}
