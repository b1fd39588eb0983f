namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Python's tokens, forgiving: what is not closed ends with its line or with the listing.</summary>
internal static class Lexer
{
    private static readonly string[] LongSigns =
    [
        "**=", "//=", ">>=", "<<=", "...", "**", "//", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "@=", ":=", "%=", "&=", "|=", "^=", "<<", ">>",
    ];

    public static List<Token> Read(string text, int from, int to)
    {
        var tokens = new List<Token>();
        var depth = 0;
        var i = from;
        while (i < to)
        {
            var c = text[i];
            if (c == '\n')
            {
                if (depth == 0)
                {
                    tokens.Add(new(TokenKind.LineEnd, i, 1));
                }

                i++;
            }
            else if (c == '\\' || char.IsWhiteSpace(c) || c == '\0')
            {
                // A backslash carries the statement over the end of its line.
                i += c == '\\' && i + 1 < to && text[i + 1] == '\n' ? 2 : 1;
            }
            else
            {
                var token = Next(text, i, to);
                depth = token.Kind == TokenKind.Sign ? Math.Max(0, depth + Nesting(c)) : depth;
                tokens.Add(token);
                i = token.End;
            }
        }

        return tokens;
    }

    public static int Nesting(char c) => c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;

    private static Token Next(string text, int at, int to)
    {
        var c = text[at];
        if (c == '#')
        {
            var end = text.IndexOf('\n', at, to - at);
            return new(TokenKind.Comment, at, (end < 0 ? to : end) - at);
        }

        if (c is '"' or '\'')
        {
            return new(TokenKind.Text, at, TextEnd(text, at, to) - at);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < to && char.IsAsciiDigit(text[at + 1])))
        {
            return new(TokenKind.Number, at, NumberEnd(text, at, to) - at);
        }

        if (char.IsLetter(c) || c == '_')
        {
            var end = at + 1;
            while (end < to && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            // r"…", f'…', rb"…": the letters belong to the string.
            return end - at <= 2 && end < to && text[end] is '"' or '\'' && end - at <= 2
                ? new(TokenKind.Text, at, TextEnd(text, end, to) - at)
                : new(TokenKind.Name, at, end - at);
        }

        return new(TokenKind.Sign, at, SignLength(text, at, to));
    }

    private static int SignLength(string text, int at, int to)
    {
        foreach (var sign in LongSigns)
        {
            if (at + sign.Length <= to && string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0)
            {
                return sign.Length;
            }
        }

        return 1;
    }

    private static int TextEnd(string text, int at, int to)
    {
        var quote = text[at];
        if (at + 2 < to && text[at + 1] == quote && text[at + 2] == quote)
        {
            for (var i = at + 3; i < to; i++)
            {
                if (text[i] == '\\')
                {
                    i++;
                }
                else if (text[i] == quote && i + 2 < to && text[i + 1] == quote && text[i + 2] == quote)
                {
                    return i + 3;
                }
            }

            return to;
        }

        for (var i = at + 1; i < to; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == quote)
            {
                return i + 1;
            }
            else if (text[i] == '\n')
            {
                return i;
            }
        }

        return to;
    }

    private static int NumberEnd(string text, int at, int to)
    {
        var i = at;
        while (i < to && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '_' || (text[i] is '+' or '-' && text[i - 1] is 'e' or 'E' && i > at)))
        {
            i++;
        }

        return i;
    }
}
