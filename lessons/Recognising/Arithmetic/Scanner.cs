namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>Running text, a token after the other. What is not arithmetic is a word, a symbol or a boundary, never an error.</summary>
internal static class Scanner
{
    private const string RaisedDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Commands of LaTeX that mean a sign or a function; of the others, those that only space or group say nothing.</summary>
    private static readonly Dictionary<string, TokenKind> Commands = new(StringComparer.Ordinal)
    {
        ["times"] = TokenKind.Times,
        ["cdot"] = TokenKind.Times,
        ["ast"] = TokenKind.Times,
        ["div"] = TokenKind.Divide,
        ["frac"] = TokenKind.Fraction,
        ["dfrac"] = TokenKind.Fraction,
        ["tfrac"] = TokenKind.Fraction,
        ["approx"] = TokenKind.Approximate,
        ["simeq"] = TokenKind.Approximate,
        ["ln"] = TokenKind.Function,
        ["log"] = TokenKind.Function,
        ["exp"] = TokenKind.Function,
        ["sqrt"] = TokenKind.Function,
        ["lg"] = TokenKind.Function,
        ["ldots"] = TokenKind.Ellipsis,
        ["cdots"] = TokenKind.Ellipsis,
        ["dots"] = TokenKind.Ellipsis,
        ["le"] = TokenKind.Boundary,
        ["leq"] = TokenKind.Boundary,
        ["ge"] = TokenKind.Boundary,
        ["geq"] = TokenKind.Boundary,
        ["to"] = TokenKind.Boundary,
        ["rightarrow"] = TokenKind.Boundary,
        ["Rightarrow"] = TokenKind.Boundary,
        ["implies"] = TokenKind.Boundary,
        ["quad"] = TokenKind.Boundary,
        ["qquad"] = TokenKind.Boundary,
    };

    private static readonly HashSet<string> Spacing = ["left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "mathrm", "textstyle"];

    private static readonly HashSet<string> Functions = ["log", "ln", "exp", "sqrt", "log2", "log10", "lg"];

    public static List<Token> Scan(string text)
    {
        var tokens = new List<Token>();
        var (at, spaced) = (0, true);
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is '$' or '\u200b' or '\u2061' or '\u2062' || (text[at] == '&' && at + 1 < text.Length && text[at + 1] is '=' or '\\'))
            {
                (at, spaced) = (at + 1, true);
                continue;
            }

            var token = Next(text, at, spaced, tokens);
            if (token.Length < 0)
            {
                at -= token.Length;
                continue;
            }

            tokens.Add(token);
            (at, spaced) = (token.End, false);
        }

        return tokens;
    }

    /// <summary>A negative length: so much is passed over.</summary>
    private static Token Next(string text, int at, bool spaced, List<Token> before)
    {
        var c = text[at];
        Token Of(TokenKind kind, int length = 1, string name = "") => new(kind, at, length, spaced, Name: name);

        if (char.IsAsciiDigit(c) || c is '½' or '⅓' or '⅔' or '¼' or '¾' or '⅕' or '⅙' or '⅛' || (c == '.' && Digit(text, at + 1) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))))
        {
            return Number(text, at, spaced);
        }

        if (RaisedDigits.Contains(c, StringComparison.Ordinal) || (c == '⁻' && at + 1 < text.Length && RaisedDigits.Contains(text[at + 1], StringComparison.Ordinal)))
        {
            return Raised(text, at, spaced);
        }

        if (c is 'x' or 'X' && before.Count > 0 && before[^1].Kind is TokenKind.Number or TokenKind.Close && (Digit(text, at + 1) || (spaced && at + 2 < text.Length && text[at + 1] == ' ' && Digit(text, at + 2))))
        {
            return Of(TokenKind.Times);
        }

        if (char.IsLetter(c) || c == '_')
        {
            return Letters(text, at, spaced);
        }

        return c switch
        {
            '\\' => Command(text, at, spaced),
            '+' => Of(TokenKind.Plus),
            '-' or '−' or '–' => Of(c == '-' && at + 1 < text.Length && text[at + 1] == '>' ? TokenKind.Boundary : TokenKind.Minus, c == '-' && at + 1 < text.Length && text[at + 1] == '>' ? 2 : 1),
            '*' when at + 1 < text.Length && text[at + 1] == '*' => Of(TokenKind.Power, 2),
            '*' or '×' or '·' or '⋅' or '∙' or '⨯' or '✕' => Of(TokenKind.Times),
            '/' when at + 1 < text.Length && text[at + 1] == '/' => Of(TokenKind.Symbol, 2),
            '/' or '÷' or '∕' or '⁄' => Of(TokenKind.Divide),
            '^' => Of(TokenKind.Power),
            '√' => Of(TokenKind.Function, 1, "sqrt"),
            '(' => Of(TokenKind.Open),
            ')' => Of(TokenKind.Close),
            '{' => Of(TokenKind.OpenBrace),
            '}' => Of(TokenKind.CloseBrace),
            '%' => Of(TokenKind.Percent),
            '!' when before.Count > 0 && !spaced && before[^1].Kind is TokenKind.Number or TokenKind.Close && (at + 1 >= text.Length || text[at + 1] is ' ' or ')') => Of(TokenKind.Factorial),
            '=' when at + 1 < text.Length && text[at + 1] is '=' or '>' => Of(text[at + 1] == '=' ? TokenKind.Equal : TokenKind.Boundary, 2),
            '=' => Of(TokenKind.Equal),
            '≈' or '≃' or '≅' or '∼' => Of(TokenKind.Approximate),
            '~' => Of(TokenKind.Approximate),
            '…' or '⋯' => Of(TokenKind.Ellipsis),
            '.' when text.AsSpan(at).StartsWith("...", StringComparison.Ordinal) => Of(TokenKind.Ellipsis, 3),
            '!' or '<' or '>' when at + 1 < text.Length && text[at + 1] == '=' => Of(TokenKind.Boundary, 2),
            '.' or ',' or ';' or ':' or '?' or '!' or '"' or '“' or '”' or '„' or '—' or '<' or '>' or '≤' or '≥' or '→' or '⇒' or '↓' or '•' or '«' or '»' or '\uE000' => Of(TokenKind.Boundary),
            '\'' or '’' or '‘' when spaced || at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]) => Of(TokenKind.Boundary),
            _ => Of(TokenKind.Symbol),
        };
    }

    private static bool Digit(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);

    private static Token Number(string text, int at, bool spaced)
    {
        var isOtherBase = text[at] == '0' && at + 2 < text.Length && text[at + 1] is 'x' or 'X' or 'b' or 'o' && char.IsAsciiHexDigit(text[at + 2]);
        if (isOtherBase || NumeralReader.At(text, at) is not { } read)
        {
            var end = at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || (text[end] is '.' or ',' && Digit(text, end + 1))))
            {
                end++;
            }

            return new Token(TokenKind.Symbol, at, end - at, spaced);
        }

        // 0x1F, and 3d_unet: letters and digits mixed are a name.
        var after = at + read.Length;
        if (read.Number.Unit.Length > 0 && after < text.Length && (char.IsAsciiDigit(text[after]) || text[after] == '_'))
        {
            while (after < text.Length && (char.IsAsciiLetterOrDigit(text[after]) || text[after] == '_'))
            {
                after++;
            }

            return new Token(TokenKind.Symbol, at, after - at, spaced);
        }

        return new Token(TokenKind.Number, at, read.Length, spaced, read.Number, read.Number.Value);
    }

    private static Token Raised(string text, int at, bool spaced)
    {
        var (end, value) = (text[at] == '⁻' ? at + 1 : at, 0.0);
        while (end < text.Length && end - at < 8 && RaisedDigits.IndexOf(text[end], StringComparison.Ordinal) is >= 0 and var digit)
        {
            value = (value * 10) + digit;
            end++;
        }

        return new Token(TokenKind.Raised, at, end - at, spaced, Value: text[at] == '⁻' ? -value : value);
    }

    private static Token Letters(string text, int at, bool spaced)
    {
        var end = at + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or (>= '₀' and <= '₉') || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        var name = text[at..end];
        if (name is "log₂" or "log_2" || (name is "log_" && text.AsSpan(end).StartsWith("{2}", StringComparison.Ordinal)))
        {
            return new Token(TokenKind.Function, at, name == "log_" ? end + 3 - at : end - at, spaced, Name: "log2");
        }

        if (name is "log₁₀" or "log_10" || (name is "log_" && text.AsSpan(end).StartsWith("{10}", StringComparison.Ordinal)))
        {
            return new Token(TokenKind.Function, at, name == "log_" ? end + 4 - at : end - at, spaced, Name: "log10");
        }

        if (Functions.Contains(name))
        {
            return new Token(TokenKind.Function, at, end - at, spaced, Name: name);
        }

        var isWord = name is "a" or "A" or "I" || (name.Length > 1 && name.All(c => c is '\'' or '’' || (char.IsLetter(c) && c is not (>= '\u0370' and < '\u0400'))));
        return new Token(isWord ? TokenKind.Word : TokenKind.Symbol, at, end - at, spaced, Name: name);
    }

    private static Token Command(string text, int at, bool spaced)
    {
        var end = at + 1;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var name = text[(at + 1)..end];
        if (name.Length == 0)
        {
            // \, and its likes are spaces; \% is a percent sign.
            return end < text.Length && text[end] == '%'
                ? new Token(TokenKind.Percent, at, 2, spaced)
                : new Token(TokenKind.Boundary, at, end < text.Length && text[end] is ',' or ';' or ':' or '!' or ' ' ? -2 : 1, spaced);
        }

        if (Spacing.Contains(name))
        {
            return new Token(TokenKind.Boundary, at, at - end, spaced);
        }

        if (name == "log" && text.AsSpan(end).StartsWith("_2", StringComparison.Ordinal) && !Digit(text, end + 2))
        {
            return new Token(TokenKind.Function, at, end + 2 - at, spaced, Name: "log2");
        }

        if (name == "log" && (text.AsSpan(end).StartsWith("_{2}", StringComparison.Ordinal) || text.AsSpan(end).StartsWith("_{10}", StringComparison.Ordinal)))
        {
            var length = text[end + 2] == '2' ? 4 : 5;
            return new Token(TokenKind.Function, at, end + length - at, spaced, Name: length == 4 ? "log2" : "log10");
        }

        return new Token(Commands.GetValueOrDefault(name, TokenKind.Symbol), at, end - at, spaced, Name: name);
    }
}
