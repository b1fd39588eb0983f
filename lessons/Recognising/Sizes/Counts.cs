using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Sizes;

/// <summary>
/// How many things a size holds: [1, 3, 512, 512] = 786,432 values; a 256×256 colour image has 196,608 of them; a 32×32 grid is 1,024
/// tokens. What is counted has to be said, and said of the whole.
/// </summary>
internal static partial class Counts
{
    /// <summary>A count that is further off than this counts something else.</summary>
    private const double Plausible = 4;

    private const string Values = "values?|numbers?|elements?|entries|floats?|scalars?|activations?|pixel values?";
    private const string Whole = "(?:latent |raw |real |float |scalar |input |output |individual |floating-point |continuous |total )?";
    private const string Share = "(?: in total| in all| altogether| overall| total)?";

    /// <summary>"per position", "for each", "from 0 to 255": of a part, or of something else.</summary>
    private const string End = "(?:$|[.,;:)!–—]|\\uE000| \\(| -| and| or| to| into| instead| rather| vs| versus| against| is| are| in the| which| that| we| you| but| while| compared| each with| with)";

    public static IEnumerable<Judgement> In(Flat flat, List<Token> tokens, IReadOnlyList<Size> sizes)
    {
        for (var i = 0; i < sizes.Count; i++)
        {
            var size = sizes[i];
            var found = (size.IsBracketed ? Equalled(flat, tokens, size) : null)
                ?? Coloured(flat, tokens, size)
                ?? Said(flat, tokens, size)
                ?? (i + 1 < sizes.Count ? Patches(flat, tokens, size, sizes[i + 1]) : null);
            if (found is { } judgement)
            {
                yield return judgement;
            }
        }

        foreach (var judgement in Codebooks.In(flat))
        {
            yield return judgement;
        }
    }

    private static Judgement? Equalled(Flat flat, List<Token> tokens, Size size)
    {
        var next = tokens.From(size.End);
        if (next + 1 >= tokens.Count || !tokens[next].IsRelation || tokens[next + 1] is not { Kind: TokenKind.Number, Number: { } number } printed)
        {
            return null;
        }

        var isAbout = tokens[next].Kind == TokenKind.Approximate;
        if (Fits(number, size.Values, isAbout))
        {
            return Of(flat, size, printed, null);
        }

        // [2, 3] = 5 may be anything; a count says what it counts.
        return size.Sides.Count > 1 && IsPlausible(number, size.Values) && CountsValues().IsMatch(Behind(flat, printed.End, 40))
            ? Of(flat, size, printed, Wrong(flat, size, printed, size.Values, Product(size)))
            : null;
    }

    private static Judgement? Coloured(Flat flat, List<Token> tokens, Size size) =>
        size.Sides.Count == 2 && !size.IsBracketed && ColourPicture().IsMatch(Behind(flat, size.End, 40))
        && Number(flat, tokens, size.End, 70, Has()) is { } printed && CountsValues().IsMatch(Behind(flat, printed.End, 40))
            ? Judged(flat, size, printed, size.Values * 3, Product(size) + " × 3", About().IsMatch(flat.Text.AsSpan(size.End, printed.Start - size.End)))
            : null;

    /// <summary>The 64×64×4 latent has 16,384 values; a 28×28 image has 784 pixels; a 32×32 grid of 1,024 tokens.</summary>
    private static Judgement? Said(Flat flat, List<Token> tokens, Size size)
    {
        if (Number(flat, tokens, size.End, 60, size.Sides.Count == 2 && !size.IsBracketed ? Holds() : HoldsValues()) is not { } printed || printed.Number!.Value < 16)
        {
            return null;
        }

        var behind = Behind(flat, printed.End, 50);
        var between = flat.Text.AsSpan(size.End, printed.Start - size.End);
        var isAbout = About().IsMatch(between);
        if (size.HasChannels && CountsValues().IsMatch(behind))
        {
            return Judged(flat, size, printed, size.Values, Product(size), isAbout);
        }

        var isCounted = size is { Sides.Count: 2, IsBracketed: false } && (Picture().IsMatch(between) ? CountsPixels().IsMatch(behind) : Grid().IsMatch(between) && CountsCells().IsMatch(behind));

        // A token for the class, and one for a teacher.
        return isCounted && printed.Value - size.Values is not (1 or 2) ? Judged(flat, size, printed, size.Values, Product(size), isAbout) : null;
    }

    /// <summary>16×16 patches of a 224×224 image are 196, and the other way round.</summary>
    private static Judgement? Patches(Flat flat, List<Token> tokens, Size first, Size second)
    {
        if (first is not { Sides.Count: 2, IsBracketed: false } || second is not { Sides.Count: 2, IsBracketed: false } || second.At - first.End > 60)
        {
            return null;
        }

        var isFirst = OfPatches().IsMatch(Behind(flat, first.End, 30));
        if (isFirst == OfPatches().IsMatch(Behind(flat, second.End, 30)))
        {
            return null;
        }

        var (patch, picture) = isFirst ? (first, second) : (second, first);
        var rows = picture.Sides[0] / patch.Sides[0] * (picture.Sides[1] / patch.Sides[1]);
        if (picture.Sides[0] % patch.Sides[0] != 0 || picture.Sides[1] % patch.Sides[1] != 0 || rows < 4
            || Number(flat, tokens, second.End, 50, Gives()) is not { } printed || !CountsPatches().IsMatch(Behind(flat, printed.End, 40)) || Overlaps().IsMatch(flat.Text))
        {
            return null;
        }

        return printed.Value - rows is 1 or 2 ? null : Judged(flat, picture, printed, rows, $"({Digits.Short(picture.Sides[0])}/{Digits.Short(patch.Sides[0])}) × ({Digits.Short(picture.Sides[1])}/{Digits.Short(patch.Sides[1])})", isAbout: false);
    }

    /// <summary>The first number behind a place, where what stands between leads to it.</summary>
    private static Token? Number(Flat flat, List<Token> tokens, int from, int within, Regex leads)
    {
        for (var at = tokens.From(from); at < tokens.Count && tokens[at].Start <= from + within; at++)
        {
            if (tokens[at].Kind == TokenKind.Number)
            {
                var between = flat.Text.AsSpan(from, tokens[at].Start - from);
                return tokens[at].Number is { Unit: "", IsRatio: false } && !between.Contains(". ", StringComparison.Ordinal) && leads.IsMatch(between)
                    && (at + 1 >= tokens.Count || tokens[at + 1].Kind is TokenKind.Word or TokenKind.Symbol) ? tokens[at] : null;
            }
        }

        return null;
    }

    public static bool Fits(Numeral number, double value, bool isAbout) =>
        Math.Abs(number.Value - value) <= (isAbout ? number.Loose : number.Tolerance) * (1 + 1e-9)
        || (number.Suffix is "K" or "k" && Math.Abs((number.Value * 1.024) - value) <= number.HalfUnit * 1.024)
        || (number.Suffix is "M" && Math.Abs((number.Value * 1.048576) - value) <= number.HalfUnit * 1.048576);

    public static bool IsPlausible(Numeral number, double right) => number.Value >= right / Plausible && number.Value <= right * Plausible;

    private static Judgement? Judged(Flat flat, Size size, Token printed, double right, string formula, bool isAbout) =>
        Fits(printed.Number!, right, isAbout) ? Of(flat, size, printed, null)
        : IsPlausible(printed.Number!, right) ? Of(flat, size, printed, Wrong(flat, size, printed, right, formula))
        : null;

    private static ReadOnlySpan<char> Behind(Flat flat, int at, int length) => flat.Text.AsSpan(at, Math.Min(length, flat.Text.Length - at));

    private static string Product(Size size) => string.Join(" × ", size.Sides.Select(Digits.Short));

    private static Judgement Of(Flat flat, Size size, Token printed, Fault? fault) => new(flat, printed.Start, printed.Length, size.Numbers, fault) { Rule = "size" };

    private static Fault Wrong(Flat flat, Size size, Token printed, double right, string formula)
    {
        var text = flat.Text.Substring(printed.Start, printed.Length);
        var better = Digits.Like(text, right);
        return new Fault(Severity.Wrong, text, better, formula, $"{flat.Text.Substring(size.At, size.Length)} holds {better}, not {text}: {formula}.");
    }

    [GeneratedRegex("^ " + Whole + "(?:" + Values + ")" + Share + End, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CountsValues();

    [GeneratedRegex("^ pixels" + Share + End, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CountsPixels();

    [GeneratedRegex("^ (?:spatial |image |visual |latent |discrete )?(?:tokens|positions|locations|cells|grid cells)" + Share + End, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CountsCells();

    [GeneratedRegex("^ (?:image |visual |patch )?(?:tokens|patches)" + Share + End, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CountsPatches();

    [GeneratedRegex(@"^[- ](?:pixel )?(?:RGB|colou?r|three-channel|3-channel) (?:image|picture|photo)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ColourPicture();

    [GeneratedRegex(@"^[- ](?:pixel )?(?:RGB|colou?r|three-channel|3-channel) (?:image|picture|photo)(?: with 3 channels)?,? ?(?:has|is|holds|contains|means|gives|=|\(|is really|consists of|is a list of|is just)(?: about| around| roughly| nearly| almost| some| over)? ?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Has();

    [GeneratedRegex(@"^(?: (?:latent|tensor|map|feature map|representation|code|image|picture|input|output|volume|array|latent map|latent code|latent tensor|RGB image))?(?: (?:has|holds|contains|is|gives|makes|means|stores)(?: only| just)?|,? (?:that is|which is|or|i\.e\.|meaning)|,| →| ->| ⇒|:| =)?(?: about| around| roughly| nearly| almost| some| over| only)? ?\(?=? ?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HoldsValues();

    [GeneratedRegex(@"^[- ](?:(?:pixel |grey |gray |greyscale |grayscale |MNIST |RGB |colou?r |token |latent |code |spatial |feature )*(?:image|picture|photo|frame|screen|display|grid|map|tokens|positions))(?: (?:has|holds|contains|is|gives|makes|means|of)(?: only| just)?|,? (?:that is|which is|i\.e\.|meaning)|,| →| ->|:)?(?: about| around| roughly| nearly| almost| some| over| only)? ?\(?=? ?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Holds();

    [GeneratedRegex(@"\b(?:image|picture|photo|frame|screen|display)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\b(?:grid|map|tokens|positions)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Grid();

    [GeneratedRegex(@"^[- ](?:pixel |non-overlapping |image )*patch(?:es)?\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex OfPatches();

    [GeneratedRegex(@"^(?: pixel)? ?(?:image|picture|patches|images|photo)?,? ?(?:gives?|is|are|makes?|has|means|yields?|becomes|results? in|=|:|→|->|\()(?: a sequence of| exactly| you)? ?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Gives();

    [GeneratedRegex(@"\b(?:strides?|overlap(?:s|ping)?|shifted|class token|CLS|padding|padded)\b|\[CLS\]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Overlaps();

    [GeneratedRegex(@"\b(?:about|almost|nearly|roughly|around|over|some|approximately)\b|[~≈]", RegexOptions.NonBacktracking)]
    private static partial Regex About();
}
