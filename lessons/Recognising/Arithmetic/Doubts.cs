using System.Text.RegularExpressions;

namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>Whatever makes it likely that this is not meant as a sum, or not meant to be right.</summary>
internal static partial class Doubts
{
    /// <summary>So many characters back a sentence may say that what follows is not so.</summary>
    private const int DeniedWithin = 90;

    private static readonly double[] Thousands = [1e3, 1e6, 1e9, 1e12, 1024, 1048576, 1073741824];

    /// <summary>What lies between GB and GiB.</summary>
    private static readonly double[] Binary = [1.024, 1.048576, 1.073741824, 1.099511627776];

    /// <summary>The least that a minute, a day or a byte is made of: a number that is less wrong is not in another unit.</summary>
    private const double LeastFactor = 6;

    /// <summary>Words that may stand behind a number without being its unit.</summary>
    private static readonly HashSet<string> Small =
        ["and", "but", "for", "so", "in", "of", "is", "as", "to", "we", "or", "on", "by", "at", "if", "the", "a", "all", "not", "per"];

    public static bool Are(string text, Side left, Side right, Link.Values[] values)
    {
        var value = values[0].Exact.Middle;
        if (!double.IsFinite(value) || (left.Lone is not null && (left.IsLabelled || left.Lone.Number.Value < 100)))
        {
            return true;
        }

        return IsOtherUnit(text, right, values)
            || right.Lone is { Number.SignificantDigits: >= 12 }
            || IsOtherNotation(text, left, right, value)
            || IsShape(left, right)
            || IsFloat(text, left, right, value)
            || IsSaying(text.AsSpan(left.Start, left.Length))
            || IsDenied(text, left, right);
    }

    /// <summary>14 GB, 1,440 minutes: another unit, a factor that is named. K of 2K may be a number of its own.</summary>
    private static bool IsOtherUnit(string text, Side right, Link.Values[] values)
    {
        if (Unit().IsMatch(right.After))
        {
            var factor = Math.Abs(values[0].Exact.Middle / values[0].Right.Middle);
            return factor is not (> 1 / LeastFactor and < LeastFactor) || (Bytes().IsMatch(right.After) && Differs(values, Binary));
        }

        if (Measure().IsMatch(right.After))
        {
            return true;
        }

        var isMoney = right.Start > 0 && text[right.Start - 1] is '$' or '€' or '£' or '¥';
        return (right.After.Length is > 0 and < 4 && !Small.Contains(right.After))
            || ((isMoney || (right.After.Length > 0 && !Counted().IsMatch(right.After))) && Differs(values, Thousands));
    }

    private static bool Differs(Link.Values[] values, double[] by) =>
        by.Any(u => values.Any(v => (v.Rounded * Span.Of(u)).Meets(v.Right) || (v.Rounded / Span.Of(u)).Meets(v.Right)));

    /// <summary>Right where it is read otherwise: lost powers, marks of footnotes, bytes that overflow, "or" that excludes, sums that run on.</summary>
    private static bool IsOtherNotation(string text, Side left, Side right, double value)
    {
        var printed = right.Lone?.Number.Value ?? double.NaN;
        var goal = right.Sum!.Value(n => Span.Of(n.Number.Value), Reading.Natural);
        if (Hyphenated(text, left) || LosesPowers(left.Sum!, goal.Middle))
        {
            return true;
        }

        var marked = Span.Of(Unmarked(left.Sum!));
        if (right.Sum is Of { Sign: '^', Left: Printed { Number.Value: var marker } } ? marker == value || marker == marked.Middle : marked.Meets(goal))
        {
            return true;
        }

        // 2 + 3 = 5 × 4 = 20.
        if (right.Lone is null && right.Sum.Numbers.First() is { } first && Span.Around(first.Number.Value, first.Number.HalfUnit).Meets(Span.Of(value)))
        {
            return true;
        }

        // Where K, M or B is the name of something.
        if (left.Sum!.Numbers.Any(n => n.Number.Suffix.Length == 1 && n.Number.Scale > 100 * Math.Abs(goal.Middle)))
        {
            return true;
        }

        return left.Sum switch
        {
            Of { Sign: '^', Left: Printed { Number: { IsWhole: true, Value: < 1e6 } a }, Right: Printed { Number: { IsWhole: true, Value: < 1e6 } b } } => ((long)a.Value ^ (long)b.Value) == printed,
            Function { Name: "-", Of: Of { Sign: '^' } power } => power.Value(n => Span.Of(n.Number.Value), Reading.Natural).Meets(goal),
            _ => false,
        }
            || (printed is >= 0 and < 256 && Math.Abs(value) >= 256 && Math.Abs(value) < 1e9 && (((value % 256) + 256) % 256) == printed)
            || (text.AsSpan(left.Start + left.Length, Math.Max(0, right.Start - left.Start - left.Length)).Contains("==", StringComparison.Ordinal));
    }

    /// <summary>3-5 and Table 2-1; 10-3 that was 10⁻³.</summary>
    private static bool Hyphenated(string text, Side left)
    {
        if (left.Sum is Of { Sign: '-', Left: Printed a, Right: Printed b })
        {
            return b.Token.Start - a.Token.End == 1 && a.Number.IsWhole && b.Number.IsWhole;
        }

        var at = text.IndexOf("10-", left.Start, left.Length, StringComparison.Ordinal);
        at = at < 0 ? text.IndexOf("10−", left.Start, left.Length, StringComparison.Ordinal) : at;
        return at >= 0 && at + 3 < text.Length && char.IsAsciiDigit(text[at + 3]) && (at == 0 || !char.IsAsciiDigit(text[at - 1]));
    }

    /// <summary>2×3 times 3×4 = 2×4, of matrices.</summary>
    private static bool IsShape(Side left, Side right) =>
        right.Sum is Of { Sign: '*', Left: Printed { Number.IsWhole: true }, Right: Printed { Number.IsWhole: true } columns }
        && left.Sum!.Numbers.Last().Number.Value == columns.Number.Value;

    /// <summary>2^24 + 1 = 16777216, of numbers of few bits.</summary>
    private static bool IsFloat(string text, Side left, Side right, double value)
    {
        var printed = right.Sum!.Value(n => Span.Of(n.Number.Value), Reading.Natural).Middle;
        var (from, end) = (Math.Max(0, left.Start - DeniedWithin), Math.Min(text.Length, right.Start + right.Length + DeniedWithin));
        return Math.Abs(value - printed) <= 0.01 * Math.Abs(value) && Floats().IsMatch(text.AsSpan(from, end - from));
    }

    private static bool IsSaying(ReadOnlySpan<char> sum)
    {
        Span<char> plain = stackalloc char[8];
        var length = 0;
        foreach (var c in sum)
        {
            if (c == ' ')
            {
                continue;
            }

            if (length == plain.Length)
            {
                return false;
            }

            plain[length++] = c is 'x' or '*' or '·' ? '×' : c;
        }

        return plain[..length] is "1+1" or "2+2" or "6×9";
    }

    /// <summary>True where reading 28 as 2^8 somewhere makes it right: then the page lost its raised digits, and is not wrong.</summary>
    private static bool LosesPowers(Sum left, double right)
    {
        double[] goals = HoldsPower(left) ? [right] : [right, .. Powers(right)];
        var whole = left.Numbers.Where(n => n.Number is { IsWhole: true, Suffix: "", Digits: >= 2 and <= 4 }).Select(n => n.Number.Value).Distinct().Take(4).ToArray();
        return whole.Append(double.NaN).Any(candidate => Powers(candidate).Append(candidate).Any(power =>
        {
            var value = left.Value(n => Span.Of(n.Number.Value == candidate ? power : n.Number.Value), Reading.Natural).Middle;
            var once = false;
            var alone = left.Value(n => Span.Of(n.Number.Value == candidate && !once && (once = true) ? power : n.Number.Value), Reading.Natural).Middle;
            return goals.Any(goal => Math.Abs(value - goal) <= 1e-6 * Math.Abs(goal) || Math.Abs(alone - goal) <= 1e-6 * Math.Abs(goal));
        }));
    }

    private static bool HoldsPower(Sum sum) => sum is Of of && (of.Sign == '^' || HoldsPower(of.Left) || HoldsPower(of.Right));

    private static IEnumerable<double> Powers(double value)
    {
        for (var ten = 10.0; ten <= value && value is < 10_000 && value % 1 == 0; ten *= 10)
        {
            var (floor, power) = (Math.Floor(value / ten), value % ten);
            if (floor >= 2 && power is >= 2 and < 64)
            {
                yield return Math.Pow(floor, power);
            }
        }
    }

    /// <summary>With its powers taken for marks of footnotes.</summary>
    private static double Unmarked(Sum sum) => sum switch
    {
        Of { Sign: '^', Left: Printed left } => left.Number.Value,
        Of of => new Of(of.Sign, Known(Unmarked(of.Left)), Known(Unmarked(of.Right))).Value(n => Span.Of(n.Number.Value), Reading.Natural).Middle,
        _ => sum.Value(n => Span.Of(n.Number.Value), Reading.Natural).Middle,
    };

    private static Printed Known(double value) => new(new Numeral(value, 0, 0, 1, IsWhole: true), default);

    private static bool IsDenied(string text, Side left, Side right)
    {
        var from = Math.Max(0, left.Start - DeniedWithin);
        var before = text.AsSpan(from, left.Start - from);
        var sentence = before.LastIndexOf(". ", StringComparison.Ordinal);
        var line = sentence < 0 ? before : before[sentence..];
        var end = right.Start + right.Length;
        var behind = text.AsSpan(end, Math.Min(40, text.Length - end));
        var full = behind.IndexOf(". ", StringComparison.Ordinal);
        behind = full < 0 ? behind : behind[..full];
        var stop = text.AsSpan(end, Math.Min(120, text.Length - end)).IndexOfAny('.', '?', '\n');
        return Denied().IsMatch(line) || Denied().IsMatch(behind) || Label().IsMatch(before)
            || (stop >= 0 && text[end + stop] == '?')
            || Choice().IsMatch(text.AsSpan(0, Math.Min(left.Start, 12)));
    }

    [GeneratedRegex(@"\b(?:not|isn't|isn’t|wrong|wrongly|incorrect|incorrectly|mistake|mistaken|mistakenly|(?:an|common|typical|your|this) error|instead|rather|naive|naively|mod|modulo|overflows?|wraps|on (?:a|the) clock|otherwise|false|myth|absurd|suppose|pretend" +
        @"|thinks?|thought|believes?|claims?|says?|said|answers|answered|replies|replied|guess(?:es|ed)?|wrote|prompts?|saying|famous|Orwell|hallucinat[a-z]*|students?|pupils?" +
        @"|base [0-9]+|base (?:two|three|ten)|binary|octal|hexadecimal|u?int(?:8|16|32|64))\b|≠|✗|❌|✘|[Qq]:|(?:^| )[""“'‘]$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Denied();

    [GeneratedRegex(@"\b(?:Chapter|Section|Sect|Figure|Fig|Table|Step|Part|Exercise|Page|Level|Lesson|Equation|Eq|Eqn|Class|Layer|Group|Version|Phase|Stage|Week|Day|Question|Problem|Task|Unit|Phone|Tel|Lecture|Appendix|Algorithm|Theorem|Lemma)\.? $", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex("float ?(?:8|16|32|64)|[fb][fp] ?(?:8|16|32)|precision|floating", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Floats();

    [GeneratedRegex("^[KMGTPE]i?[Bb]|^(?:kilo|mega|giga|tera)", RegexOptions.NonBacktracking)]
    private static partial Regex Bytes();

    /// <summary>Units with factors of any size.</summary>
    [GeneratedRegex("^(?:cents?|percent|points?|degrees?|km|cm|mm|ft|feet|inch(?:es)?|miles?|kg|lbs?|pounds?|dollars?|euros?|meters?|metres?|watts?|kWh|Wh|kW|MJ|kJ|dB|ppm|MP|megapixels?)$", RegexOptions.NonBacktracking)]
    private static partial Regex Measure();

    /// <summary>Things that have no unit.</summary>
    [GeneratedRegex("^(?:values?|numbers?|elements?|entries|floats?|parameters?|params|weights|tokens?|codes?|positions?|pixels?|dims|dimensions|channels?|features?|images?|patches|and|or|in|for|of|is|as|which|so|but|with|different|total|the|at|to|on)$", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

    [GeneratedRegex(@"^\s*(?:\[[ xX]?\]|\(?[A-Ea-e][\).:])", RegexOptions.NonBacktracking)]
    private static partial Regex Choice();

    [GeneratedRegex(@"^(?:min|mins|minutes?|hours?|hrs?|secs?|seconds?|milliseconds?|days?|weeks?|months?|years?|bytes?|bits?|[KMGTPE]i?[Bb](?:ytes?|its?|ps)?|[kKMGTPE](?:FLOPS?|FLOPs|Hz|OPS|bps|Bps)|s|sec|ms|kilobytes?|megabytes?|gigabytes?|terabytes?)$", RegexOptions.NonBacktracking)]
    private static partial Regex Unit();
}
