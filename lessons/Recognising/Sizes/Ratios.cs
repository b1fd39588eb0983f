using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Sizes;

/// <summary>What a ratio is said to be a ratio of.</summary>
internal enum RatioKind
{
    Unsaid,

    /// <summary>Numbers in against numbers out: compression, and no more said.</summary>
    Values,

    /// <summary>Positions of the grid, whatever each of them holds.</summary>
    Positions,

    /// <summary>One side against the other.</summary>
    Sides,
}

/// <summary>
/// 512×512×3 to 64×64×4, and the ratio that the text gives for it. It is judged by what it says it counts; where it does not say,
/// or speaks of bits or cost, nothing is said.
/// </summary>
internal static partial class Ratios
{
    private const int Near = 260;

    public static IEnumerable<Judgement> In(Flat flat, List<Token> tokens, IReadOnlyList<Size> sizes)
    {
        for (var i = 0; i + 1 < sizes.Count; i++)
        {
            var (from, to) = (sizes[i], sizes[i + 1]);
            var between = to.At - from.End is > 0 and < 120 ? flat.Text[from.End..to.At] : "";
            if (between.Length == 0 || !Becomes().IsMatch(between) || from.Values <= to.Values)
            {
                continue;
            }

            var until = i + 2 < sizes.Count ? sizes[i + 2].At : flat.Text.Length;
            for (var at = tokens.From(to.End); at < tokens.Count && tokens[at].Start < Math.Min(until, to.End + Near); at++)
            {
                var token = tokens[at];
                if (token is { Kind: TokenKind.Number, Number: { } ratio } && (ratio.IsRatio || IsNamed(flat.Text, token)))
                {
                    if (Judge(flat, from, to, token, ratio) is { } judgement)
                    {
                        yield return judgement;
                    }

                    break;
                }
            }
        }

        foreach (var judgement in FromCounts(flat, tokens, sizes))
        {
            yield return judgement;
        }
    }

    private static Judgement? Judge(Flat flat, Size from, Size to, Token token, Numeral ratio)
    {
        var kind = KindOf(flat.Text, token);
        var (a, b) = (from.Area, to.Area);
        var candidates = new Dictionary<RatioKind, double>();
        if (from.HasChannels && to.HasChannels)
        {
            candidates[RatioKind.Values] = from.Values / to.Values;
        }

        if (a is { } big && b is { } small)
        {
            candidates[RatioKind.Positions] = big.Height * big.Width / (small.Height * small.Width);
            candidates[RatioKind.Sides] = big.Height / small.Height;
        }

        if (kind == RatioKind.Unsaid || !candidates.TryGetValue(kind, out var right))
        {
            return null;
        }

        var isAbout = About().IsMatch(flat.Text.AsSpan(Math.Max(0, token.Start - 12), token.Start - Math.Max(0, token.Start - 12)));
        var uses = from.Numbers.Concat(to.Numbers).ToArray();
        var printed = flat.Text.Substring(token.Start, token.Length);
        var judgement = new Judgement(flat, token.Start, token.Length, uses, null) { Rule = "ratio" };
        if (Counts.Fits(ratio, right, isAbout) || Math.Abs(ratio.Value - right) <= 0.02 * right)
        {
            return judgement;
        }

        // Per side and per area are mixed up by everybody, and eight bits may have become sixteen or thirty-two.
        var others = kind == RatioKind.Values ? new[] { right / 2, right / 4 } : [candidates[kind == RatioKind.Positions ? RatioKind.Sides : RatioKind.Positions]];
        if (others.Any(o => Counts.Fits(ratio, o, isAbout: true)))
        {
            return null;
        }

        var (before, after) = (flat.Text.Substring(from.At, from.Length), flat.Text.Substring(to.At, to.Length));
        var isPositions = kind == RatioKind.Values && candidates.TryGetValue(RatioKind.Positions, out var positions) && Counts.Fits(ratio, positions, isAbout);
        var better = Like(printed, right);
        return judgement with
        {
            Fault = new Fault(
                isPositions ? Severity.Conclusion : Severity.Wrong,
                printed,
                better,
                $"{Digits.Short(from.Values)} / {Digits.Short(to.Values)}",
                isPositions
                    ? $"{before} to {after} is {better} compression, {Digits.Short(from.Values)} values to {Digits.Short(to.Values)}; {printed} counts the positions only."
                    : $"{before} to {after} is {better}, not {printed}.",
                isPositions ? "a.impact.64x" : null),
        };
    }

    /// <summary>786,432 values squeezed into 16,384: 48×; 1,024 tokens instead of 196,608 values: 192×.</summary>
    private static IEnumerable<Judgement> FromCounts(Flat flat, List<Token> tokens, IReadOnlyList<Size> sizes)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Number is not { IsRatio: true, Value: > 1 } ratio || KindOf(flat.Text, tokens[i]) != RatioKind.Values)
            {
                continue;
            }

            var counts = tokens[tokens.From(tokens[i].Start - 199)..i].Where(t => IsCount(flat.Text, t)).ToArray();
            if (counts.Length != 2 || !Exchanged().IsMatch(flat.Text.AsSpan(counts[0].End, counts[1].Start - counts[0].End)) || flat.Text.AsSpan(counts[0].Start, tokens[i].Start - counts[0].Start).Contains(". ", StringComparison.Ordinal))
            {
                continue;
            }

            var (a, b) = (counts[0].Value, counts[1].Value);
            var right = Math.Max(a, b) / Math.Min(a, b);
            var printed = flat.Text.Substring(tokens[i].Start, tokens[i].Length);
            var judgement = new Judgement(flat, tokens[i].Start, tokens[i].Length, [.. counts.Select(c => (c.Start, c.Length))], null) { Rule = "ratio" };
            var near = sizes.Any(s => Math.Abs(s.At - tokens[i].Start) < Near);
            if (Counts.Fits(ratio, right, isAbout: true))
            {
                yield return judgement;
            }
            else if (!near && right is > 1.5 and < 1e6)
            {
                var better = Like(printed, right);
                yield return judgement with { Fault = new Fault(Severity.Wrong, printed, better, $"{Digits.Short(Math.Max(a, b))} / {Digits.Short(Math.Min(a, b))}", $"{Digits.Short(Math.Max(a, b))} against {Digits.Short(Math.Min(a, b))} is {better}, not {printed}.") };
            }
        }
    }

    /// <summary>"compression ratio 48" says × without the sign.</summary>
    private static bool IsNamed(string text, Token token)
    {
        var from = Math.Max(0, token.Start - 40);
        return token.Number is { Unit: "", Suffix: "" } && Named().IsMatch(text.AsSpan(from, token.Start - from)) && !PerCent().IsMatch(text.AsSpan(token.End, Math.Min(4, text.Length - token.End)));
    }

    private static bool IsCount(string text, Token token) =>
        token.Number is { IsWhole: true, Unit: "", IsRatio: false, Value: >= 16 }
        && CountOf().IsMatch(text.AsSpan(token.End, Math.Min(40, text.Length - token.End)));

    private static string Like(string printed, double right) =>
        Digits.Short(Math.Round(right, right < 10 ? 2 : 1)) + (printed.Contains('x', StringComparison.OrdinalIgnoreCase) ? "x" : printed.Contains('×', StringComparison.Ordinal) ? "×" : "");

    private static RatioKind KindOf(string text, Token token)
    {
        var behind = text.AsSpan(token.End, Math.Min(50, text.Length - token.End));
        var from = Math.Max(0, token.Start - 40);
        var before = text.AsSpan(from, token.Start - from);
        var around = text.AsSpan(Math.Max(0, token.Start - 100), Math.Min(text.Length, token.End + 80) - Math.Max(0, token.Start - 100));
        if (Bits().IsMatch(around))
        {
            return RatioKind.Unsaid;
        }

        return PositionsBehind().IsMatch(behind) ? RatioKind.Positions
            : SidesBehind().IsMatch(behind) || SidesBefore().IsMatch(before) ? RatioKind.Sides
            : ValuesBehind().IsMatch(behind) || ValuesBefore().IsMatch(before) ? RatioKind.Values
            : RatioKind.Unsaid;
    }

    [GeneratedRegex(@"\b(?:to|into|becomes?|in)\b|→|->|⇒|\\to|\\rightarrow", RegexOptions.NonBacktracking)]
    private static partial Regex Becomes();

    [GeneratedRegex(@"\b(?:instead of|rather than|into|down to|to|from|becomes?)\b|→|->", RegexOptions.NonBacktracking)]
    private static partial Regex Exchanged();

    [GeneratedRegex(@"^ (?:[a-z]+ ){0,2}(?:values?|numbers?|tokens?|codes?|dims|dimensions|floats|elements|indices)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex CountOf();

    [GeneratedRegex(@"\b(?:bits?|bytes?|bpp|KB|MB|GB|storage|memory|fp16|float16|float32|fp32|FLOPs?|faster|cheaper|compute|cost)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Bits();

    [GeneratedRegex(@"^ (?:[a-z]+ )?(?:fewer|less|smaller number of) (?:spatial |image |visual )?(?:positions|tokens|pixels|locations|patches|cells|grid)|^ (?:spatial|spatially)\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex PositionsBehind();

    [GeneratedRegex(@"^ (?:spatial )?(?:down-?sampl|per (?:side|axis|dimension)|in each|along each|on each|smaller (?:on|along|per|in each)|smaller sides)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex SidesBehind();

    [GeneratedRegex(@"(?:down-?sampl[a-z]*|per side|per axis)(?: factor| rate)?(?: of| by| is)? (?:an? )?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex SidesBefore();

    [GeneratedRegex(@"^-?(?:fold)? ?(?:total |overall |data )?(?:compress|reduction in (?:the )?(?:values|numbers|size|dimension)|fewer (?:values|numbers|dimensions)|smaller representation)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ValuesBehind();

    [GeneratedRegex(@"compression(?: ratio| factor| rate)?(?: of| is| =|:)? (?:about |roughly |~|an? )?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex ValuesBefore();

    [GeneratedRegex(@"compression (?:ratio|factor)(?: of| is| =|:)? (?:about |roughly |~)?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex("^ ?(?:%|bits?|bpp|:[2-9])", RegexOptions.NonBacktracking)]
    private static partial Regex PerCent();

    [GeneratedRegex(@"(?:about|almost|nearly|roughly|around|over|some|~|≈|approximately) ?$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex About();
}
