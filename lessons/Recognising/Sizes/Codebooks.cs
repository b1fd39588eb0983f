using System.Globalization;
using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Sizes;

/// <summary>
/// Sizes of codebooks in a sentence: "K = 8192, D = 256: 2M floats", "1,024 codes are 10 bits per token", "levels [8, 5, 5, 5] give
/// 1,000 codes". The sentence has to go from what is given to what follows by a verb or a sign, and to say what it counts.
/// </summary>
internal static partial class Codebooks
{
    private const string Number = @"[0-9][0-9,]{0,12}(?:\.[0-9]{1,3})?";
    private const string Suffixed = Number + "(?: ?(?:thousand|million|billion)|[KkMB])?";
    private const string Whole = "[0-9][0-9,]{0,12}";
    private const string Things = "heads|channels|tokens|positions|dims|dimensions|values|numbers|floats|layers|patches|codes|entries|vectors|pixels|filters";
    private const string Few = "[0-9]{1,2}";
    private const string About = "(?<about> ?(?:about|around|roughly|nearly|almost|some|over|approximately|~|≈))?";

    /// <summary>From what is given to what follows: at most a subject and a verb.</summary>
    private const string Gives = "(?: ?(?:,|:|;))?(?: (?:the|a|this|that|each|every))?(?: (?:codebook|table|index|token|code|position|you|we|it|FSQ|VQ|embedding))?(?: ?(?:=|→|->|⇒|≈|\\())?" +
        "(?: (?:is|are|has|have|holds?|gives?|get|means?|needs?|takes?|carry|carries|costs?|makes?|stores?|yields?|amounts? to|which is|which gives|that is|i\\.e\\.))?(?: (?:only|just|exactly|a codebook of|a vocabulary of))?" + About + " ?\\(?";

    private const string Given = "\\$?(?: (?:codes|entries|vectors|codewords|levels?|dims|dimensions))?";

    /// <param name="Words">What to compute, from the groups a and b.</param>
    private sealed record Rule(Regex Pattern, Func<double, double, double> Value, Func<double, double, string> Words, bool IsBits = false, bool IsOfCodes = true);

    private static readonly Rule[] Rules =
    [
        new(Table(), (k, d) => k * d, (k, d) => $"{Digits.Short(k)} × {Digits.Short(d)}"),
        new(BitsOfK(), (k, _) => Math.Log2(k), (k, _) => $"log2 {Digits.Short(k)}", IsBits: true),
        new(BitsOfCodes(), (k, _) => Math.Log2(k), (k, _) => $"log2 {Digits.Short(k)}", IsBits: true),
        new(CodesOfBits(), (b, _) => Math.Pow(2, b), (b, _) => $"2^{Digits.Short(b)}"),
        new(Powers(), Math.Pow, (l, d) => $"{Digits.Short(l)}^{Digits.Short(d)}"),
        new(LevelsIn(), Math.Pow, (l, d) => $"{Digits.Short(l)}^{Digits.Short(d)}"),
        new(LevelsEach(), (d, l) => Math.Pow(l, d), (d, l) => $"{Digits.Short(l)}^{Digits.Short(d)}"),
        new(BitsOfNamed(), (k, _) => Math.Log2(k), (k, _) => $"log2 {Digits.Short(k)}", IsBits: true),
        new(ThingsOfThings(), (n, b) => n * b, (n, b) => $"{Digits.Short(n)} × {Digits.Short(b)}", IsOfCodes: false),
        new(TokensOfBits(), (n, b) => n * b, (n, b) => $"{Digits.Short(n)} × {Digits.Short(b)}"),
    ];

    public static IEnumerable<Judgement> In(Flat flat)
    {
        var text = flat.Text;
        if (!Words().IsMatch(text))
        {
            yield break;
        }

        foreach (var rule in Rules)
        {
            foreach (Match match in rule.Pattern.Matches(text))
            {
                var (a, b) = (Plain(match.Groups["a"].Value), match.Groups["b"] is { Success: true } second ? Plain(second.Value) : 0);
                if (Judge(flat, match, rule.Value(a, b), rule.Words(a, b), rule.IsBits, rule.IsOfCodes, "ab") is { } judgement)
                {
                    yield return judgement;
                }
            }
        }

        foreach (Match match in Levels().Matches(text))
        {
            var levels = match.Groups["l"].Value.Split(',', 'x', '×').Select(l => double.Parse(l, CultureInfo.InvariantCulture)).ToArray();
            if (Judge(flat, match, levels.Aggregate(1.0, (p, l) => p * l), string.Join(" × ", levels), isBits: false, isOfCodes: true, "l") is { } judgement)
            {
                yield return judgement;
            }
        }
    }

    private static Judgement? Judge(Flat flat, Match match, double right, string formula, bool isBits, bool isOfCodes, string inputs)
    {
        var it = match.Groups["it"];
        if (NumeralReader.At(flat.Text, it.Index) is not { } read || !double.IsFinite(right) || IsDenied(flat.Text, match, isOfCodes))
        {
            return null;
        }

        var (number, length) = read;
        length = Math.Min(length, it.Length);
        var uses = inputs.Select(name => match.Groups[name.ToString()]).Where(g => g.Success).Select(g => (g.Index, g.Length)).ToArray();
        var judgement = new Judgement(flat, it.Index, length, uses, null) { Rule = "codebook" };
        var isAbout = match.Groups["about"].Length > 0;
        if (isBits ? FitsBits(number, right, isAbout) : Counts.Fits(number, right, isAbout))
        {
            return judgement;
        }

        // 16 bits may be how an index is stored, 32 those of a float, and 8.3 the entropy of what is used.
        var isOther = isBits ? (!number.IsWhole && number.Value < right) || number.Value is 8 or 16 or 32 or 64 || Math.Abs(number.Value - right) > 3 : !Counts.IsPlausible(number, right) || Math.Abs(number.Value - right) <= 1;
        if (isOther)
        {
            return null;
        }

        var printed = flat.Text.Substring(it.Index, length);
        var better = isBits && number.IsWhole ? Digits.Short(Math.Ceiling(right)) : Digits.Like(printed, right);
        return judgement with { Fault = new Fault(Severity.Wrong, printed, better, $"{formula} = {Digits.Short(right)}", $"{formula} is {better}, not {printed}.") };
    }

    /// <summary>1,000 codes are 9.97 bits, about 10, and 10 as they are stored.</summary>
    private static bool FitsBits(Numeral number, double right, bool isAbout) =>
        number.IsWhole ? number.Value >= Math.Floor(right) && number.Value <= Math.Ceiling(right) : Counts.Fits(number, right, isAbout);

    private static bool IsDenied(string text, Match match, bool isOfCodes)
    {
        var from = Math.Max(0, match.Index - 60);
        var end = match.Index + match.Length;
        var before = text.AsSpan(from, end - from);
        var behind = text.AsSpan(end, Math.Min(30, text.Length - end));
        return Denied().IsMatch(before) || Denied().IsMatch(behind) || (isOfCodes && (OfFewer().IsMatch(before) || OfFewer().IsMatch(behind)));
    }

    private static double Plain(string number) => double.Parse(number.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex("codes|codebook|bits|levels|FSQ|floats|parameters|heads|channels|tokens|dims", RegexOptions.NonBacktracking)]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(?:not|isn't|wrong|instead|rather|mistake|would|if only)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    /// <summary>Codes that are not all there are, or more than one book of them.</summary>
    [GeneratedRegex(@"\b(?:used|active|effective|unused|dead|pruned|pruning|EMA|plus|groups?|heads?|residual|quantizers|stages)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OfFewer();

    [GeneratedRegex(@"(?:^|[ (])(?<a>" + Whole + ") (?:codes|entries|codewords|codebook entries|codebook vectors),? ?(?:=|→|->|⇒|need|take|are|is)" + About + " ?(?<it>" + Number + @") bits(?:[.,;)]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex BitsOfNamed();

    [GeneratedRegex(@"(?:^|[ (])(?<a>" + Whole + ") (?:" + Things + ") ?(?:×|x|·) ?(?<b>" + Whole + ")(?: (?:" + Things + "))?(?: each)? ?= ?(?<it>" + Whole + ")(?:[.,;)]|$| (?:" + Things + @")\b)", RegexOptions.NonBacktracking)]
    private static partial Regex ThingsOfThings();

    [GeneratedRegex(@"\bK\$? ?= ?\$?(?<a>" + Whole + ")" + Given + @",?(?: and| with| of dimension| dimensions?)? ?\$?[Dd]\$? ?= ?\$?(?<b>" + Whole + ")" + Given + Gives + "(?<it>" + Suffixed + @") (?:floats|parameters|numbers|values|weights)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Table();

    [GeneratedRegex(@"\bK\$? ?= ?\$?(?<a>" + Whole + ")" + Given + Gives + "(?<it>" + Number + @") bits?(?: per (?:token|index|code|position|latent)| each|[.,;]|$)", RegexOptions.NonBacktracking)]
    private static partial Regex BitsOfK();

    [GeneratedRegex(@"(?:^|[ (])(?:of (?:size )?)?(?<a>" + Whole + @") ?(?:codes|entries|codewords|codebook entries|codebook vectors)?" + "(?: ?(?:,|:|;))?(?: (?:the|this|that|each|every))?(?: (?:index|token|code|position|it))? ?(?:=|→|->|⇒|≈|is|are|gives?|means?|needs?|takes?|carry|carries|costs?|makes?|which is|that is)(?: only| just| exactly)?" + About + " ?(?<it>" + Number + @") bits?(?: per (?:token|index|code|position|latent)\b| each\b)", RegexOptions.NonBacktracking)]
    private static partial Regex BitsOfCodes();

    [GeneratedRegex(@"(?:^|[ (])(?<a>" + Few + @") bits(?: per (?:token|index|code|position))? ?(?:=|→|->|⇒|give|are|mean|address|index|can address|can index|distinguish) ?" + About + " ?(?<it>" + Suffixed + @") (?:codes|codewords|codebook entries)\b", RegexOptions.NonBacktracking)]
    private static partial Regex CodesOfBits();

    [GeneratedRegex(@"\bL\$? ?= ?\$?(?<a>" + Few + ")" + Given + @",?(?: and| with| in)? ?\$?d\$? ?= ?\$?(?<b>" + Few + ")" + Given + Gives + "(?<it>" + Suffixed + @") (?:implicit |possible |distinct )?(?:codes|codewords|entries|combinations)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Powers();

    [GeneratedRegex(@"(?:^|[ (])(?<a>" + Few + @") levels (?:in|on|along|over|across|for|per dimension in|in each of|on each of)(?: each of)? (?<b>" + Few + ") (?:dims|dimensions)" + Gives + "(?<it>" + Suffixed + @") (?:implicit |possible |distinct )?(?:codes|codewords|entries|combinations)\b", RegexOptions.NonBacktracking)]
    private static partial Regex LevelsIn();

    [GeneratedRegex(@"(?:^|[ (])(?<a>" + Few + ") (?:dims|dimensions) (?:with|of|at) (?<b>" + Few + ") levels(?: each)?" + Gives + "(?<it>" + Suffixed + @") (?:implicit |possible |distinct )?(?:codes|codewords|entries|combinations)\b", RegexOptions.NonBacktracking)]
    private static partial Regex LevelsEach();

    [GeneratedRegex(@"[Ll]evels(?: of)?(?: =|:)? ?[\[(](?<l>" + Few + "(?: ?[,×x] ?" + Few + @"){1,11})[\])]" + Gives + "(?<it>" + Suffixed + @") (?:implicit |possible |distinct )?(?:codes|codewords|entries|combinations)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Levels();

    [GeneratedRegex(@"(?:^|[ (])(?<a>" + Whole + @") (?:tokens|positions|indices|codes) ?(?:×|x|\*|·|of|at|with) ?(?<b>" + Number + ") bits(?: each| per token)?" + Gives + "(?<it>" + Number + @") bits\b", RegexOptions.NonBacktracking)]
    private static partial Regex TokensOfBits();
}
