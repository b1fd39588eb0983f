namespace LatentConformance.Conformance.Language;

/// <summary>Text to tokens, each with its place. Refuses what is not of the language with one line.</summary>
internal static class Lexer
{
    private const int LongestText = 20_000;

    /// <summary>Bounds the depth of a tree too: a chain of sums leans as deep as it is long.</summary>
    private const int MostTokens = 3_000;
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "+-", "..", "(", ")", "[", "]", "{", "}", ",", ":", ".", "+", "-", "*", "/", "^", "=", "<", ">", "±"];

    public static List<Token> Tokens(string text, Position start)
    {
        if (text.Length > LongestText)
        {
            throw new SpecError(start, $"{text.Length} characters in one expression; {LongestText} is the most");
        }

        var tokens = new List<Token>();
        var (line, lineStart) = (0, 0);
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] == '\n')
            {
                (line, lineStart) = (line + 1, i + 1);
                i++;
            }
            else if (char.IsWhiteSpace(text[i]))
            {
                i++;
            }
            else
            {
                var token = Next(text, i, Place(i));
                tokens.Add(token);
                if (tokens.Count > MostTokens)
                {
                    throw new SpecError(token.Position, $"more than {MostTokens} numbers, names and signs in one expression");
                }

                i += token.Text.Length;
            }
        }

        tokens.Add(new Token(TokenKind.End, "", Place(text.Length)));
        return tokens;

        Position Place(int at) => start with { Line = start.Line + line, Column = line == 0 ? start.Column + at : at - lineStart + 1 };
    }

    private static Token Next(string text, int at, Position position)
    {
        if (char.IsAsciiDigit(text[at]))
        {
            return new Token(TokenKind.Number, text[at..EndOfNumber(text, at)], position);
        }

        if (char.IsAsciiLetter(text[at]) || text[at] == '_')
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            return new Token(TokenKind.Name, text[at..end], position);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                return new Token(TokenKind.Symbol, symbol, position);
            }
        }

        throw new SpecError(position, $"unexpected character U+{(int)text[at]:X4}; an expression is made of numbers, names and + - * / ^ ( ) [ ]");
    }

    /// <summary>Digits with optional _ between them, a fraction, an exponent, a percent sign. "2..5" is a range, not 2. and .5.</summary>
    private static int EndOfNumber(string text, int at)
    {
        var end = Digits(text, at);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end = Digits(text, end + 1);
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
            var digits = Digits(text, end + 1 + sign);
            end = digits > end + 1 + sign ? digits : end;
        }

        return end < text.Length && text[end] == '%' ? end + 1 : end;
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '_' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
        }

        return at;
    }
}
