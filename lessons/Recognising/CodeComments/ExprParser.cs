using System.Globalization;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Reads one expression; null where it is none, or deeper than anyone writes.</summary>
internal sealed class ExprParser
{
    private const int MaxNesting = 64;
    private const int MaxDepth = 160;

    /// <summary>From the loosest to the tightest; comparisons count as one.</summary>
    private static readonly string[][] Levels =
    [
        ["or"], ["and"], ["==", "!=", "<", ">", "<=", ">=", "in", "is", "not"], ["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-", "\u2212"], ["*", "/", "//", "%", "@"],
    ];

    private static readonly Expr Nothing = new Expr.Riddle();

    private readonly string text;
    private readonly IReadOnlyList<Token> tokens;
    private readonly int end;
    private int at;
    private int nesting;
    private bool failed;

    private ExprParser(string text, IReadOnlyList<Token> tokens, int from, int to) => (this.text, this.tokens, at, end) = (text, tokens, from, to);

    public static Expr? Read(string text, IReadOnlyList<Token> tokens, int from, int to)
    {
        var parser = new ExprParser(text, tokens, from, to);
        var read = parser.List();
        return parser.failed || parser.at < to || from >= to ? null : read;
    }

    /// <summary>An expression, or a tuple without parentheses.</summary>
    private Expr List()
    {
        var first = Item();
        if (failed || !Peek(","))
        {
            return first;
        }

        var items = new List<Expr> { first };
        while (!failed && Take(",") && at < end)
        {
            items.Add(Item());
        }

        return Deep(new Expr.Sequence(items), items);
    }

    private Expr Item()
    {
        if (Take("*") || Take("**"))
        {
            Choice();
            return Nothing;
        }

        return Choice();
    }

    private Expr Choice()
    {
        if (++nesting > MaxNesting)
        {
            failed = true;
        }

        if (failed)
        {
            return Nothing;
        }

        if (Peek("lambda") || Peek("await") || Peek("yield"))
        {
            failed = true;
            return Nothing;
        }

        var read = Level(0);
        if (!failed && Take("if"))
        {
            Level(0);
            failed |= !Take("else");
            Choice();
            read = Nothing;
        }

        nesting--;
        return read;
    }

    private Expr Level(int level)
    {
        if (level == Levels.Length)
        {
            return Signed();
        }

        var isNegated = false;
        while (level == 2 && Take("not"))
        {
            isNegated = true;
        }

        var left = Level(level + 1);
        left = isNegated ? Deep(new Expr.Unary("not", left), [left]) : left;
        while (!failed && Sign(level) is { } sign)
        {
            var right = Level(level + 1);
            left = Deep(new Expr.Binary(sign, left, right), [left, right]);
        }

        return left;
    }

    private string? Sign(int level)
    {
        if (at >= end || tokens[at].Kind is not (TokenKind.Sign or TokenKind.Name))
        {
            return null;
        }

        foreach (var sign in Levels[level])
        {
            if (Take(sign))
            {
                _ = (sign == "is" && Take("not")) || (sign == "not" && Take("in"));
                return sign == "\u2212" ? "-" : sign;
            }
        }

        return null;
    }

    private Expr Signed()
    {
        var minus = 0;
        var others = false;
        while (at < end && tokens[at].Kind == TokenKind.Sign && text[tokens[at].Start] is '-' or '+' or '~' or '\u2212' && tokens[at].Length == 1)
        {
            minus += text[tokens[at].Start] is '-' or '\u2212' ? 1 : 0;
            others |= text[tokens[at].Start] == '~';
            at++;
        }

        var read = Raised();
        return others ? Deep(new Expr.Unary("~", read), [read]) : minus % 2 == 1 ? Deep(new Expr.Unary("-", read), [read]) : read;
    }

    private Expr Raised()
    {
        var low = Postfixed();
        if (failed || !Take("**"))
        {
            return low;
        }

        if (++nesting > MaxNesting)
        {
            failed = true;
            return Nothing;
        }

        var high = Signed();
        nesting--;
        return Deep(new Expr.Binary("**", low, high), [low, high]);
    }

    private Expr Postfixed()
    {
        var read = Atom();
        while (!failed && at < end)
        {
            if (Take("."))
            {
                failed |= at >= end || tokens[at].Kind != TokenKind.Name;
                read = failed ? Nothing : Deep(new Expr.Attribute(read, tokens[at++].Of(text)), [read]);
            }
            else if (Take("("))
            {
                read = Arguments(read);
            }
            else if (Take("["))
            {
                read = Indices(read);
            }
            else
            {
                break;
            }
        }

        return read;
    }

    private Expr Arguments(Expr of)
    {
        var plain = new List<Expr>();
        var named = new List<KeyValuePair<string, Expr>>();
        var open = false;
        while (!failed && !Take(")"))
        {
            if (Take("*") || Take("**"))
            {
                open = true;
                Choice();
            }
            else if (at + 1 < end && tokens[at].Kind == TokenKind.Name && tokens[at + 1].Is(text, "="))
            {
                var name = tokens[at].Of(text);
                at += 2;
                named.Add(new(name, Choice()));
            }
            else
            {
                plain.Add(Choice());
                open |= Comprehension(')');
            }

            failed |= !Peek(")") && !Take(",");
        }

        return Deep(new Expr.Call(of, plain, named, open), [of, .. plain, .. named.Select(n => n.Value)]);
    }

    private Expr Indices(Expr of)
    {
        var items = new List<Expr>();
        while (!failed && !Take("]"))
        {
            items.Add(Range());
            failed |= !Peek("]") && !Take(",");
        }

        return Deep(new Expr.Index(of, items), [of, .. items]);
    }

    private Expr Range()
    {
        Expr? Part() => Peek(":") || Peek("]") || Peek(",") ? null : Item();
        var from = Part();
        if (!Take(":"))
        {
            failed |= from is null;
            return from ?? Nothing;
        }

        var to = Part();
        return new Expr.Slice(from, to, Take(":") ? Part() : null) { Depth = 1 + Math.Max(from?.Depth ?? 0, to?.Depth ?? 0) };
    }

    private Expr Atom()
    {
        if (failed || at >= end)
        {
            failed = true;
            return Nothing;
        }

        var token = tokens[at++];
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Number(token.Of(text));
            case TokenKind.Text:
                while (at < end && tokens[at].Kind == TokenKind.Text)
                {
                    at++;
                }

                return new Expr.Text(token.Of(text).Trim('"', '\''));
            case TokenKind.Name:
                return new Expr.Name(token.Of(text));
            case TokenKind.Sign when token.Length == 3:
                failed |= !token.Is(text, "...");
                return new Expr.Name("...");
            case TokenKind.Sign when token.Length == 1 && text[token.Start] is '(' or '[':
                return Bracketed(text[token.Start] == '(' ? ')' : ']');
            case TokenKind.Sign when token.Is(text, "{"):
                return SkipTo('}');
            default:
                failed = true;
                return Nothing;
        }
    }

    private Expr Bracketed(char closer)
    {
        var sign = closer == ')' ? ")" : "]";
        var items = new List<Expr>();
        var commas = 0;
        while (!failed && !Take(sign))
        {
            items.Add(Item());
            if (Comprehension(closer))
            {
                at++;
                return Nothing;
            }

            commas += Peek(",") ? 1 : 0;
            failed |= !Peek(sign) && !Take(",");
        }

        // (x) is x, (x,) and [x] are not.
        return items.Count == 1 && commas == 0 && closer == ')' ? items[0] : Deep(new Expr.Sequence(items), items);
    }

    private bool Comprehension(char closer)
    {
        if (failed || (!Peek("for") && !Peek("async")))
        {
            return false;
        }

        SkipTo(closer);
        at--;
        return true;
    }

    private Expr SkipTo(char closer)
    {
        var depth = 1;
        while (at < end && depth > 0)
        {
            depth += tokens[at].Kind == TokenKind.Sign ? Lexer.Nesting(text[tokens[at].Start]) : 0;
            at++;
        }

        failed |= depth > 0 || text[tokens[at - 1].Start] != closer;
        return Nothing;
    }

    private static Expr Number(string written)
    {
        var plain = written.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            return new Expr.Number(whole, whole);
        }

        return double.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new Expr.Number(value, null)
            : Nothing;
    }

    private Expr Deep(Expr made, IReadOnlyList<Expr> parts)
    {
        var depth = 0;
        foreach (var part in parts)
        {
            depth = Math.Max(depth, part.Depth + 1);
        }

        failed |= depth > MaxDepth;
        return failed ? Nothing : made with { Depth = depth };
    }

    private bool Peek(string what) => at < end && tokens[at].Is(text, what);

    private bool Take(string what)
    {
        var there = Peek(what);
        at += there ? 1 : 0;
        return there;
    }
}
