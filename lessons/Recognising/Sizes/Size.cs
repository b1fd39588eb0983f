using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Sizes;

/// <summary>The size of a picture or a map as it is printed: 512×512×3, [1, 3, 512, 512].</summary>
internal sealed record Size(int At, int Length, IReadOnlyList<double> Sides, bool IsBracketed, IReadOnlyList<(int At, int Length)> Numbers)
{
    private const int MostChannels = 64;

    public int End => At + Length;

    public double Values => Sides.Aggregate(1.0, (a, b) => a * b);

    /// <summary>Rows and columns, or null where it does not show which they are.</summary>
    public (double Height, double Width)? Area => Sides switch
    {
        [var h, var w] => (h, w),
        [var h, var w, var c] when c <= MostChannels && h == w && (h != c) => (h, w),
        [var c, var h, var w] when c <= MostChannels && h == w => (h, w),
        [1, var c, var h, var w] when c <= MostChannels && h == w => (h, w),
        [1, var h, var w, var c] when c <= MostChannels && h == w => (h, w),
        _ => null,
    };

    /// <summary>It says how many channels there are.</summary>
    public bool HasChannels => Sides.Count > 2 && Area is not null;

    public static IEnumerable<Size> In(string text, List<Token> tokens)
    {
        for (var at = 0; at < tokens.Count; at++)
        {
            if (Multiplied(tokens, at) is { } multiplied)
            {
                yield return multiplied.Size;
                at = multiplied.Next - 1;
            }
            else if (Bracketed(text, tokens, at) is { } bracketed)
            {
                yield return bracketed.Size;
                at = bracketed.Next - 1;
            }
        }
    }

    private static (Size Size, int Next)? Multiplied(List<Token> tokens, int at)
    {
        var sides = new List<Token>();
        var next = at;
        while (next < tokens.Count && IsSide(tokens[next]) && sides.Count < 6)
        {
            sides.Add(tokens[next]);
            next++;
            if (next + 1 >= tokens.Count || tokens[next].Kind != TokenKind.Times || !IsSide(tokens[next + 1]))
            {
                break;
            }

            next++;
        }

        var stands = sides.Count is >= 2 and <= 5
            && (at == 0 || !tokens[at - 1].IsArithmetic || tokens[at - 1].Kind is TokenKind.Open or TokenKind.OpenBrace)
            && (next >= tokens.Count || !tokens[next].IsArithmetic || tokens[next].Kind is TokenKind.Close or TokenKind.CloseBrace or TokenKind.Open);
        return stands ? (Of(sides, sides[0].Start, sides[^1].End, isBracketed: false), next) : null;
    }

    private static (Size Size, int Next)? Bracketed(string text, List<Token> tokens, int at)
    {
        var open = tokens[at].Kind == TokenKind.Open ? '(' : text[tokens[at].Start] == '[' && tokens[at].Length == 1 ? '[' : ' ';
        if (open == ' ' || (at > 0 && !tokens[at].Spaced && tokens[at - 1].Kind is TokenKind.Word or TokenKind.Symbol))
        {
            return null;
        }

        var sides = new List<Token>();
        var next = at + 1;
        while (next + 1 < tokens.Count && IsSide(tokens[next]) && sides.Count < 6)
        {
            sides.Add(tokens[next]);
            if (text[tokens[next + 1].Start] != ',')
            {
                next++;
                break;
            }

            next += 2;
        }

        var closes = next < tokens.Count && text[tokens[next].Start] == (open == '(' ? ')' : ']');
        return closes && sides.Count is >= 2 and <= 5 ? (Of(sides, tokens[at].Start, tokens[next].End, isBracketed: true), next + 1) : null;
    }

    private static Size Of(List<Token> sides, int start, int end, bool isBracketed) =>
        new(start, end - start, [.. sides.Select(s => s.Value)], isBracketed, [.. sides.Select(s => (s.Start, s.Length))]);

    private static bool IsSide(Token token) =>
        token is { Kind: TokenKind.Number, Number: { IsWhole: true, Suffix: "", Unit: "", IsRatio: false, Value: >= 1 and < 1e7 } };
}
