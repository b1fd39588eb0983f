using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>One equals sign: what stands left of it has to be what stands right of it, as far as it is printed.</summary>
internal static class Link
{
    private static readonly Reading[] Readings = Enum.GetValues<Reading>();

    public static Judgement? Judge(Flat flat, Side left, Side right, bool isAbout, HashSet<string> given)
    {
        var text = flat.Text;
        if (left.Lone is { } a && right.Lone is { } b)
        {
            return LostPower(flat, a, b);
        }

        // Where logarithms are natural in one side they are in the other.
        var suffix = right.Lone?.Number.Suffix is "K" or "k" or "M" or "B" or "T" ? right.Lone.Number.Scale : 1;
        var values = Readings.SelectMany(r => Binary(suffix).Select(b => new Values(
            Exact: left.Sum!.Value(n => Span.Of(n.Number.Value), r),
            Rounded: left.Sum!.Value(n => Loosened(flat, n, given), r),
            Given: left.Sum!.Value(n => n.Number.IsChosen ? Span.Of(n.Number.Value) : Span.Around(n.Number.Value, n.Number.HalfUnit), r),
            Right: right.Lone is { } lone ? Around(right.Sum!, lone, isAbout, b) : Scientific(right.Sum!) ?? right.Sum!.Value(n => Loosened(flat, n, given), r)))).ToArray();
        if (values.Any(v => !v.Right.IsFinite || !v.Rounded.IsFinite || !v.Exact.IsFinite))
        {
            return null;
        }

        var uses = left.Sum!.Numbers.Concat(right.Lone is null ? right.Sum!.Numbers : []).Select(n => (n.Token.Start, n.Token.Length)).ToArray();
        var asked = new Judgement(flat, right.Start, right.Length, uses, null) { Rule = "arithmetic" };
        // 6 + 3 = 9 million: the million belongs to all three.
        if (right.Lone is { Number: { Suffix.Length: > 0 } carried } && values.Any(v => (v.Rounded * Span.Of(carried.Scale)).Meets(Span.Around(carried.Value, isAbout ? carried.Loose : carried.Tolerance))))
        {
            return asked;
        }

        if (isAbout ? values.Any(v => v.Rounded.Widened(0.05 * Math.Abs(v.Rounded.Middle)).Meets(v.Right)) : values.Any(v => v.Rounded.Meets(v.Right)))
        {
            return asked;
        }

        if (Doubts.Are(text, left, right, values))
        {
            return null;
        }

        var (printed, formula) = (text.Substring(right.Start, right.Length), text.Substring(left.Start, left.Length));
        var value = values[0].Exact.Middle;
        var better = Digits.Like(printed, value);
        if (right.Lone is not null && values.Any(v => v.Given.Meets(v.Right)))
        {
            return asked with { Fault = new Fault(Severity.Note, printed, better, formula, $"{formula} is {better}; {printed} comes out only with more digits than are printed.") };
        }

        if (right.Lone is { Number.IsWhole: false } cut && values.Any(v => IsCut(v.Exact.Middle, right.Sum!.Value(n => Span.Of(n.Number.Value), Reading.Natural).Middle, cut.Number.HalfUnit * (right.Sum is Function { Name: "%" } ? 0.01 : 1))))
        {
            return asked with { Fault = new Fault(Severity.Note, printed, better, formula, $"{formula} is {better} when it is rounded; {printed} is cut off.") };
        }

        // 65K for 65,536: cut off, and nobody minds.
        if (right.Lone is { Number: { IsWhole: true } whole } && right.Sum is Printed && Math.Abs(value - whole.Value) < 2 * whole.HalfUnit)
        {
            return null;
        }

        // What was rounded or cut off on the way, on either side.
        var wide = right.Lone is null ? right.Sum!.Value(n => n.Number.IsWhole || given.Contains(Chains.Text(flat, n)) ? Span.Of(n.Number.Value) : Span.Around(n.Number.Value, 2 * n.Number.HalfUnit), Reading.Natural) : Span.Of(double.NaN);
        return right.Lone is null && values.Any(v => v.Given.Meets(v.Right) || v.Given.Meets(wide))
            ? null
            : asked with { Fault = new Fault(Severity.Wrong, printed, better, formula, $"{formula} is {better}, not {printed}.") };
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
                    Severity.Wrong, a, better, $"{better} = {Chains.Text(flat, right)}", $"{printed.Trim()} has lost a raised digit: write {floor}{Superscript(power)} = {Chains.Text(flat, right)}."))
                { Rule = "lost-power" };
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

    /// <summary>2K may be 2,048, or 2,000.</summary>
    private static double[] Binary(double scale) => scale switch { 1e3 => [1, 1.024], 1e6 => [1, 1.048576], 1e9 => [1, 1.073741824], 1e12 => [1, 1.099511627776], _ => [1] };

    private static bool IsCut(double value, double printed, double halfUnit) =>
        Math.Sign(value) == Math.Sign(printed) && Math.Abs(value) > Math.Abs(printed) && Math.Abs(value) - Math.Abs(printed) < 2 * halfUnit * (1 - 1e-9);

    private static Span Around(Sum side, Printed lone, bool isAbout, double binary)
    {
        var by = isAbout ? lone.Number.Loose : lone.Number.Tolerance;
        return side.Value(n => Span.Around(n.Number.Value * binary, by * binary), Reading.Natural);
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

    /// <summary>What the sides come to by one reading of "log".</summary>
    /// <param name="Exact">The left one, each number taken as it is printed.</param>
    /// <param name="Rounded">With what was computed on the way standing for all that would be printed so.</param>
    /// <param name="Given">With everything measured standing for all that would be printed so.</param>
    internal readonly record struct Values(Span Exact, Span Rounded, Span Given, Span Right);
}
