using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Sizes;

/// <summary>How many numbers a size holds: [1, 3, 512, 512] = 786,432 values; a 256×256 colour image has 196,608 of them.</summary>
internal static partial class Counts
{
    private const string Things = "values?|numbers?|elements?|entries|dims?|dimensions?|floats?|scalars?|activations?|features?|pixel values?|total";

    public static IEnumerable<Judgement> In(Flat flat, List<Token> tokens, IReadOnlyList<Size> sizes)
    {
        foreach (var size in sizes)
        {
            var next = tokens.FindIndex(t => t.Start >= size.End);
            if (next < 0)
            {
                yield break;
            }

            if (size.IsBracketed && Equalled(flat, tokens, size, next) is { } equalled)
            {
                yield return equalled;
            }
            else if (Coloured(flat, tokens, size) is { } coloured)
            {
                yield return coloured;
            }
        }
    }

    private static Judgement? Equalled(Flat flat, List<Token> tokens, Size size, int next)
    {
        if (!tokens[next].IsRelation || next + 1 >= tokens.Count || tokens[next + 1] is not { Kind: TokenKind.Number, Number: { } number } printed)
        {
            return null;
        }

        var behind = flat.Text.AsSpan(printed.End, Math.Min(30, flat.Text.Length - printed.End));
        var isAbout = tokens[next].Kind == TokenKind.Approximate;
        if (Fits(number, size.Values, isAbout))
        {
            return Of(flat, size, printed, null);
        }

        // [2, 3] = 5 may be anything; a count says what it counts.
        return Counted().IsMatch(behind) && size.Sides.Count > 1 ? Of(flat, size, printed, Wrong(flat, size, printed, size.Values, Product(size))) : null;
    }

    private static Judgement? Coloured(Flat flat, List<Token> tokens, Size size)
    {
        if (size.Sides.Count != 2 || size.IsBracketed)
        {
            return null;
        }

        var behind = flat.Text.AsSpan(size.End, Math.Min(70, flat.Text.Length - size.End));
        if (!ColourPicture().IsMatch(behind))
        {
            return null;
        }

        var index = tokens.FindIndex(t => t.Start >= size.End && t.Kind == TokenKind.Number);
        if (index < 0 || tokens[index].Start > size.End + 70 || tokens[index].Number is not { Unit: "", IsRatio: false } number)
        {
            return null;
        }

        var after = flat.Text.AsSpan(tokens[index].End, Math.Min(24, flat.Text.Length - tokens[index].End));
        var between = flat.Text.AsSpan(size.End, tokens[index].Start - size.End);
        if (!Counted().IsMatch(after) || !Has().IsMatch(between) || between.Contains('.'))
        {
            return null;
        }

        var right = size.Values * 3;
        return Of(flat, size, tokens[index], Fits(number, right, isAbout: About().IsMatch(between)) ? null : Wrong(flat, size, tokens[index], right, Product(size) + " × 3"));
    }

    public static bool Fits(Numeral number, double value, bool isAbout) =>
        Math.Abs(number.Value - value) <= (isAbout ? number.Loose : number.Tolerance) * (1 + 1e-9)
        || (number.Suffix is "K" or "k" && Math.Abs((number.Value * 1.024) - value) <= number.HalfUnit * 1.024)
        || (number.Suffix is "M" && Math.Abs((number.Value * 1.048576) - value) <= number.HalfUnit * 1.048576);

    private static string Product(Size size) => string.Join(" × ", size.Sides.Select(Digits.Short));

    private static Judgement Of(Flat flat, Size size, Token printed, Fault? fault) => new(flat, printed.Start, printed.Length, size.Numbers, fault) { Rule = "size" };

    private static Fault Wrong(Flat flat, Size size, Token printed, double right, string formula)
    {
        var text = flat.Text.Substring(printed.Start, printed.Length);
        var better = Digits.Like(text, right);
        return new Fault(Severity.Wrong, text, better, formula, $"{flat.Text.Substring(size.At, size.Length)} holds {better}, not {text}: {formula} = {Digits.Short(right)}.");
    }

    [GeneratedRegex("^ ?(?:[a-z]+ )?(?:" + Things + @")\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Counted();

    [GeneratedRegex(@"^[- ](?:pixel )?(?:RGB|colou?r|three-channel|3-channel) (?:image|picture|photo)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ColourPicture();

    [GeneratedRegex(@"\b(?:has|is|holds|contains|means|gives)\b|[=(]", RegexOptions.NonBacktracking)]
    private static partial Regex Has();

    [GeneratedRegex(@"\b(?:about|almost|nearly|roughly|around|over|some|approximately)\b|[~≈]", RegexOptions.NonBacktracking)]
    private static partial Regex About();
}
