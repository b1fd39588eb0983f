namespace LatentConformance.Lessons.Recognising.Arithmetic;

/// <summary>Reads tokens as one sum, whole, or not at all. What is ambiguous on paper is not read.</summary>
internal sealed class SumParser
{
    private const int DeepestNesting = 40;

    private readonly List<Token> tokens;
    private readonly int end;
    private int at;
    private int depth;

    private SumParser(List<Token> tokens, int start, int end) => (this.tokens, at, this.end) = (tokens, start, end);

    /// <summary>The sum that these tokens are, or null where they are none, or more than one.</summary>
    public static Sum? Parse(List<Token> tokens, int start, int end)
    {
        if (start >= end || end - start > 200)
        {
            return null;
        }

        var parser = new SumParser(tokens, start, end);
        var sum = parser.Terms();
        return parser.at == end ? sum : null;
    }

    private TokenKind? Kind => at < end ? tokens[at].Kind : null;

    private Sum? Terms()
    {
        if (++depth > DeepestNesting)
        {
            return null;
        }

        var left = Factors();
        while (left is not null && Kind is TokenKind.Plus or TokenKind.Minus)
        {
            var sign = Kind == TokenKind.Plus ? '+' : '-';
            at++;

            // 100 + 10 % means 110 to most people.
            left = Factors() is { } right && right is not Function { Name: "%" } ? new Of(sign, left, right) : null;
        }

        depth--;
        return left;
    }

    private Sum? Factors()
    {
        var left = Signed();
        var divided = false;
        while (left is not null)
        {
            if (Kind is TokenKind.Times or TokenKind.Divide)
            {
                var sign = Kind == TokenKind.Times ? '*' : '/';
                at++;
                divided |= sign == '/';
                left = Signed() is { } right ? new Of(sign, left, right) : null;
            }
            else if (IsImplicit())
            {
                // 1/2(3 + 4) is read both ways, and 2\frac{1}{2} may be two and a half.
                var isMixed = Kind == TokenKind.Fraction && tokens[at - 1].Number is { IsWhole: true };
                left = !divided && !isMixed && Raised() is { } right ? new Of('*', left, right) : null;
            }
            else
            {
                break;
            }
        }

        return left;
    }

    /// <summary>½(…), 2√3, (…)(…) and \frac{1}{2}(…); a bracket after a space behind a number is a remark.</summary>
    private bool IsImplicit()
    {
        var previous = tokens[at > 0 ? at - 1 : 0];
        var bindsAcrossSpace = previous.Kind is TokenKind.Close or TokenKind.CloseBrace || previous.Number is { IsGlyph: true };
        return Kind is TokenKind.Open or TokenKind.Function or TokenKind.Fraction && (!tokens[at].Spaced || bindsAcrossSpace);
    }

    private Sum? Signed()
    {
        if (Kind is not (TokenKind.Minus or TokenKind.Plus))
        {
            return Raised();
        }

        var isMinus = Kind == TokenKind.Minus;
        at++;
        return Kind is TokenKind.Minus or TokenKind.Plus ? null : Raised() is not { } of ? null : isMinus ? new Function("-", of) : of;
    }

    private Sum? Raised()
    {
        var sum = Atom();
        while (sum is not null)
        {
            switch (Kind)
            {
                case TokenKind.Raised when !tokens[at].Spaced:
                    sum = new Of('^', sum, Constant(tokens[at]));
                    at++;
                    break;
                case TokenKind.Power:
                    at++;
                    sum = Exponent() is { } power ? new Of('^', sum, power) : null;
                    break;
                case TokenKind.Percent when sum is not Function { Name: "%" }:
                    sum = new Function("%", sum);
                    at++;
                    break;
                case TokenKind.Factorial:
                    sum = new Function("!", sum);
                    at++;
                    break;
                default:
                    return sum;
            }
        }

        return null;
    }

    private Sum? Exponent()
    {
        var isMinus = Kind == TokenKind.Minus;
        at += isMinus ? 1 : 0;
        var power = Atom();

        // 2^3^4 has two readings.
        return power is null || Kind == TokenKind.Power ? null : isMinus ? new Function("-", power) : power;
    }

    private Sum? Atom()
    {
        if (at >= end)
        {
            return null;
        }

        var token = tokens[at++];
        switch (token.Kind)
        {
            case TokenKind.Number when token.Number is { Unit: "", IsRatio: false }:
                return new Printed(token.Number, token);
            case TokenKind.Open:
                return Enclosed(TokenKind.Close);
            case TokenKind.OpenBrace:
                return Enclosed(TokenKind.CloseBrace);
            case TokenKind.Fraction:
                return Braced() is { } top && Braced() is { } bottom ? new Of('/', top, bottom) : null;
            case TokenKind.Function:
                return Kind == TokenKind.Power ? null : Kind is TokenKind.Minus or TokenKind.Function ? null : Raised() is { } of ? new Function(token.Name, of) : null;
            default:
                return null;
        }
    }

    private Sum? Braced() => at < end && tokens[at++].Kind == TokenKind.OpenBrace ? Enclosed(TokenKind.CloseBrace) : null;

    private Sum? Enclosed(TokenKind close)
    {
        var inside = Terms();
        return inside is not null && at < end && tokens[at++].Kind == close ? inside : null;
    }

    private static Printed Constant(Token raised) =>
        new(new Numeral(raised.Value, 0, 0, 1, IsWhole: true), raised);
}
