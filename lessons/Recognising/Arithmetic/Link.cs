using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>One equals sign: what stands left of it has to be what stands right of it, as far as it is printed.</summary>
internal static partial class Link
{
    /// <summary>So many characters back a sentence may say that what follows is not so.</summary>
    private const int DeniedWithin = 90;

    private static readonly Reading[] Readings = Enum.GetValues<Reading>();

    public static Judgement? Judge(Flat flat, Side left, Side right, bool isAbout, HashSet<string> given)
    {
        var text = flat.Text;
        if (left.Lone is { } a && right.Lone is { } b)
        {
            return LostPower(flat, a, b);
        }

        // Where logarithms are natural in one side they are in the other.
        var values = Readings.Select(r => (
            Exact: left.Sum!.Value(n => Span.Of(n.Number.Value), r),
            Rounded: left.Sum!.Value(n => Loosened(flat, n, given), r),
            Given: left.Sum!.Value(n => Span.Around(n.Number.Value, n.Number.IsWhole ? 0 : n.Number.HalfUnit), r),
            Right: right.Lone is { } lone ? Around(right.Sum!, lone, isAbout) : Scientific(right.Sum!) ?? right.Sum!.Value(n => Loosened(flat, n, given), r))).ToArray();
        if (values.Any(v => !v.Right.IsFinite || !v.Rounded.IsFinite || !v.Exact.IsFinite))
        {
            return null;
        }

        var uses = left.Sum!.Numbers.Concat(right.Lone is null ? right.Sum!.Numbers : []).Select(n => (n.Token.Start, n.Token.Length)).ToArray();
        var right0 = new Judgement(flat, right.Start, right.Length, uses, null) { Rule = "arithmetic" };
        // 6 + 3 = 9 million: the million belongs to all three.
        if (right.Lone is { Number: { Suffix.Length: > 0 } carried } && values.Any(v => (v.Rounded * Span.Of(carried.Scale)).Meets(Span.Around(carried.Value, isAbout ? carried.Loose : carried.Tolerance))))
        {
            return right0;
        }

        if (isAbout ? values.Any(v => v.Rounded.Widened(0.05 * Math.Abs(v.Rounded.Middle)).Meets(v.Right)) : values.Any(v => v.Rounded.Meets(v.Right)))
        {
            return right0;
        }

        if (IsDoubtful(text, left, right, values[0].Exact.Middle))
        {
            return null;
        }

        var (printed, formula) = (text.Substring(right.Start, right.Length), text.Substring(left.Start, left.Length));
        var value = values[0].Exact.Middle;
        var better = Digits.Like(printed, value);
        if (right.Lone is not null && values.Any(v => v.Given.Meets(v.Right)))
        {
            return right0 with { Fault = new Fault(Severity.Note, printed, better, formula, $"{formula} is {better}; {printed} comes out only with more digits than are printed.") };
        }

        if (right.Lone is { Number.IsWhole: false } cut && values.Any(v => Span.Around(cut.Number.Value, 2 * cut.Number.HalfUnit).Meets(v.Exact)))
        {
            return right0 with { Fault = new Fault(Severity.Note, printed, better, formula, $"{formula} is {better} when it is rounded; {printed} is cut off.") };
        }

        if (right.Lone is { Number: { IsWhole: true, Suffix: "" } whole } && Math.Abs(value - whole.Value) < 1)
        {
            return null;
        }

        return right.Lone is null && values.Any(v => v.Given.Meets(v.Right))
            ? null
            : right0 with { Fault = new Fault(Severity.Wrong, printed, better, formula, $"{formula} is {better}, not {printed}.") };
    }

    /// <summary>56 = 15,625 was 5^6 before somebody's copy lost the raised digit.</summary>
    private static Judgement? LostPower(Flat flat, Printed left, Printed right)
    {
        var (a, b) = (Chains.Text(flat, left), right.Number.Value);
        if (!left.Number.IsWhole || left.Number.Suffix.Length > 0 || a.Length is < 2 or > 4 || !a.All(char.IsAsciiDigit) || b < 8 || left.Number.Value == b)
        {
            return null;
        }

        for (var split = 1; split < a.Length; split++)
        {
            var (floor, power) = (int.Parse(a[..split], System.Globalization.CultureInfo.InvariantCulture), int.Parse(a[split..], System.Globalization.CultureInfo.InvariantCulture));
            if (power >= 2 && a[split] != '0' && Math.Pow(floor, power) == b)
            {
                var printed = flat.Text.Substring(left.Token.Start, right.Token.End - left.Token.Start);
                var better = $"{floor}^{power}";
                return new Judgement(flat, left.Token.Start, left.Token.Length, [(right.Token.Start, right.Token.Length)], new Fault(
                    Severity.Wrong, a, better, $"{better} = {Chains.Text(flat, right)}", $"{printed.Trim()} has lost a raised digit: write {floor}{Superscript(power)} = {Chains.Text(flat, right)}.")) { Rule = "lost-power" };
            }
        }

        return null;
    }

    private static string Superscript(int power) => string.Concat(power.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(d => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d - '0']));

    /// <summary>A number that is given is itself; one that was computed on the way is all that would be printed so.</summary>
    private static Span Loosened(Flat flat, Printed number, HashSet<string> given) =>
        number.Number.IsWhole && number.Number.Suffix.Length == 0 || given.Contains(Chains.Text(flat, number))
            ? Span.Of(number.Number.Value)
            : Span.Around(number.Number.Value, number.Number.HalfUnit);

    private static Span Around(Sum side, Printed lone, bool isAbout)
    {
        var by = isAbout ? lone.Number.Loose : lone.Number.Tolerance;

        // 2K may be 2,048.
        var binary = lone.Number.Suffix switch { "K" or "k" => 1.024, "M" => 1.048576, "B" => 1.073741824, _ => 1 };
        return side.Value(n => new Span((n.Number.Value) - by, (n.Number.Value * binary) + (by * binary)), Reading.Natural);
    }

    /// <summary>10^12 is an order of magnitude, and 3.2 × 10^5 has the digits of its first factor.</summary>
    private static Span? Scientific(Sum sum) => sum switch
    {
        Of { Sign: '^', Left: Printed { Number.Value: 10 } } power => Relative(power, 0.5),
        Of { Sign: '*', Left: Printed first, Right: Of { Sign: '^', Left: Printed { Number.Value: 10 } } } => Relative(sum, first.Number.HalfUnit / Math.Abs(first.Number.Value)),
        _ => null,
    };

    private static Span Relative(Sum sum, double share)
    {
        var value = sum.Value(n => Span.Of(n.Number.Value), Reading.Natural).Middle;
        return Span.Around(value, Math.Abs(value) * share);
    }

    /// <summary>Whatever makes it likely that this is not meant as a sum, or not meant to be right.</summary>
    private static bool IsDoubtful(string text, Side left, Side right, double value)
    {
        var printed = right.Lone?.Number;
        if (left.Lone is not null && (left.IsLabelled || left.Lone.Number.Value < 100))
        {
            return true;
        }

        // Another unit, a factor that is named, a residue.
        if (right.After.Length is > 0 and < 4 && right.After is not ("and" or "but" or "for" or "so" or "in" or "of" or "is" or "as" or "to" or "we" or "or" or "on" or "by" or "at" or "if" or "the" or "a" or "all" or "not" or "per" or "bits" or "nats"))
        {
            return true;
        }

        // Footnote marks and lost powers: 48² may be 48 with a note, 10-3 a thousandth.
        if (printed is { SignificantDigits: >= 12 } || LosesPowers(left.Sum!, printed?.Value ?? double.NaN))
        {
            return true;
        }

        var from = Math.Max(0, left.Start - DeniedWithin);
        var before = text.AsSpan(from, left.Start - from);
        var sentence = before.LastIndexOf(". ", StringComparison.Ordinal);
        var line = sentence < 0 ? before : before[sentence..];
        var behind = text.AsSpan(right.Start + right.Length, Math.Min(40, text.Length - right.Start - right.Length));
        return Denied().IsMatch(line) || Denied().IsMatch(behind) || Choice().IsMatch(text.AsSpan(0, Math.Min(left.Start, 12))) || !double.IsFinite(value);
    }

    /// <summary>True where reading 28 as 2^8 somewhere makes it right: then the page lost its raised digits, and is not wrong.</summary>
    private static bool LosesPowers(Sum left, double right)
    {
        var whole = left.Numbers.Where(n => n.Number is { IsWhole: true, Suffix: "", Digits: >= 2 and <= 4 }).Distinct().Take(4).ToArray();
        return whole.Any(candidate => Powers(candidate.Number.Value).Any(power =>
            Math.Abs(left.Value(n => Span.Of(ReferenceEquals(n, candidate) ? power : n.Number.Value), Reading.Natural).Middle - right) <= 1e-6 * Math.Abs(right)));
    }

    private static IEnumerable<double> Powers(double value)
    {
        for (var ten = 10.0; ten <= value; ten *= 10)
        {
            yield return Math.Pow(Math.Floor(value / ten), value % ten);
        }
    }

    [GeneratedRegex(@"\b(?:not|isn't|isn’t|wrong|wrongly|incorrect|mistake|mistaken|mistakenly|error|instead|rather|naive|naively|mod|modulo|overflow|wraps|otherwise|false|myth|suppose|pretend)\b|≠", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Denied();

    [GeneratedRegex(@"^\s*(?:\[[ xX]?\]|\(?[A-Ea-e][\).])", RegexOptions.NonBacktracking)]
    private static partial Regex Choice();
}
