namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>What stands on one side of an equals sign; no sum where it is not arithmetic alone.</summary>
/// <param name="End">The token behind it.</param>
/// <param name="Touches">A further equals sign stands right behind it.</param>
internal sealed record Side(Sum? Sum, int Start, int Length, int End, bool Touches)
{
    /// <summary>A word stands before a lone number: it may be a label, as in "Step 2 = …".</summary>
    public bool IsLabelled { get; init; }

    /// <summary>What stands behind the last number, where it is a word: "= 1,024 tokens".</summary>
    public string After { get; init; } = "";

    /// <summary>The one number that it is, if it is one.</summary>
    public Printed? Lone => Sum as Printed ?? (Sum is Function { Name: "%", Of: Printed p } ? p : Sum is Function { Name: "-", Of: Printed n } ? n : null);

    public static Side EndingAt(string text, List<Token> tokens, int relation)
    {
        var start = relation;
        var depth = 0;
        while (start > 0 && tokens[start - 1].IsArithmetic)
        {
            var token = tokens[start - 1];
            depth += token.Kind switch { TokenKind.Close or TokenKind.CloseBrace => 1, TokenKind.Open or TokenKind.OpenBrace => -1, _ => 0 };
            if (depth < 0 || (start < relation && IsApart(tokens[start - 1], tokens[start])))
            {
                break;
            }

            start--;
        }

        depth = Math.Max(depth, 0);
        var before = start > 0 ? tokens[start - 1] : (Token?)null;
        if (start == relation || depth > 0 || !MayBegin(text, tokens, start, before))
        {
            return Unread(relation);
        }

        // A dash may begin an item of a list; behind a word it may subtract from something that is no number.
        var isDash = tokens[start].Kind is TokenKind.Minus && start + 1 < relation && tokens[start + 1].Spaced;
        if (isDash && before is { Kind: TokenKind.Word })
        {
            return Unread(relation);
        }

        var from = isDash ? start + 1 : start;
        return Of(tokens, from, relation, relation) with
        {
            IsLabelled = before is { Kind: TokenKind.Word },
        };
    }

    public static Side BeginningAt(string text, List<Token> tokens, int start)
    {
        var end = start;
        var depth = 0;
        while (end < tokens.Count && tokens[end].IsArithmetic)
        {
            var token = tokens[end];
            if (end > start && IsApart(tokens[end - 1], token))
            {
                break;
            }

            if (token.Kind is TokenKind.Open or TokenKind.OpenBrace)
            {
                if (Closing(tokens, end) is not { } close || (token.Spaced && end > start && tokens[end - 1].Kind is TokenKind.Number or TokenKind.Percent))
                {
                    break;
                }

                end = close + 1;
                continue;
            }

            depth += token.Kind is TokenKind.Close or TokenKind.CloseBrace ? -1 : 0;
            if (depth < 0)
            {
                break;
            }

            end++;
        }

        var next = end < tokens.Count ? tokens[end] : (Token?)null;
        var last = end;

        // "= 5 - which is": the dash belongs to the sentence.
        if (end - start > 1 && tokens[end - 1].Kind == TokenKind.Minus && next is { Kind: TokenKind.Word, Spaced: true })
        {
            last--;
        }

        if (last == start || !MayEnd(next))
        {
            return Unread(Math.Max(end, start));
        }

        // 48× and no more is a ratio, and 32 GB a size; both are numbers here.
        var side = Of(tokens, start, last, end) with { Touches = next is { IsRelation: true } };
        if (side.Sum is null && last - start == 1 && tokens[start].Number is { } lone && (lone.IsRatio || lone.Unit.Length > 0))
        {
            side = side with { Sum = new Printed(lone with { IsRatio = false, Unit = "" }, tokens[start]), After = lone.Unit.Length > 0 ? lone.Unit : side.After };
        }

        return next is { Kind: TokenKind.Word or TokenKind.Symbol } word ? side with { After = text.Substring(word.Start, word.Length) } : side;
    }

    private static Side Of(List<Token> tokens, int start, int end, int stop) => new(
        SumParser.Parse(tokens, start, end),
        tokens[start].Start,
        tokens[end - 1].End - tokens[start].Start,
        stop,
        Touches: false);

    private static Side Unread(int end) => new(null, 0, 0, end, Touches: false);

    /// <summary>Two numbers with nothing between them are two numbers.</summary>
    private static bool IsApart(Token left, Token right) => left.Kind == TokenKind.Number && right.Kind == TokenKind.Number;

    private static bool MayBegin(string text, List<Token> tokens, int start, Token? before) => before switch
    {
        null => true,

        // doi:10.1145/3292500
        { Kind: TokenKind.Boundary } => tokens[start].Spaced || text[before.Value.Start] != ':',
        { Kind: TokenKind.Approximate or TokenKind.Equal } => true,
        { Kind: TokenKind.Open or TokenKind.OpenBrace } => true,

        // KL(3 + 4) is a function of 7, and "area 3 × 4" an area.
        { Kind: TokenKind.Word } => tokens[start].Spaced,
        _ => false,
    };

    private static bool MayEnd(Token? next) => next switch
    {
        null => true,
        { Kind: TokenKind.Boundary or TokenKind.Equal or TokenKind.Approximate or TokenKind.Close or TokenKind.CloseBrace } => true,
        { Kind: TokenKind.Open } => next.Value.Spaced,
        { Kind: TokenKind.Word } => true,
        _ => false,
    };

    private static int? Closing(List<Token> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Count && tokens[at].IsArithmetic && at - open < 200; at++)
        {
            depth += tokens[at].Kind switch { TokenKind.Open or TokenKind.OpenBrace => 1, TokenKind.Close or TokenKind.CloseBrace => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return null;
    }
}
