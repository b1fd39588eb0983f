using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

/// <summary>
/// Recursive descent over tokens. Names of operations and of library functions are resolved here, so that a claim with an
/// unknown one is refused when it is read and not when it is run.
/// </summary>
public sealed partial class Parser
{
    private const int DeepestNesting = 100;
    private static readonly string[] Reserved = ["for", "in"];

    private readonly List<Token> tokens;
    private readonly Catalogue catalogue;
    private readonly SortedSet<string> operations = new(StringComparer.Ordinal);
    private int at;
    private int depth;

    private Parser(string text, Position start, Catalogue catalogue)
    {
        tokens = Lexer.Tokens(text, start);
        this.catalogue = catalogue;
    }

    private Token Current => tokens[at];

    public static Check ParseCheck(string text, Position start, Catalogue catalogue)
    {
        var parser = new Parser(text, start, catalogue);
        var check = parser.Check(text, start);
        parser.ExpectEnd();
        return check with { Operations = parser.operations };
    }

    /// <summary>"name = expression", as a let has it; the operations it calls go to <paramref name="called"/>.</summary>
    public static Binding ParseLet(string text, Position start, Catalogue catalogue, ISet<string>? called = null)
    {
        var parser = new Parser(text, start, catalogue);
        var let = parser.Assignment();
        parser.ExpectEnd();
        called?.UnionWith(parser.operations);
        return let;
    }

    private Check Check(string text, Position start)
    {
        var bindings = new List<Binding>();
        if (Current.IsWord("for"))
        {
            at++;
            do
            {
                bindings.Add(ForEntry());
            }
            while (Accept(","));
            Expect(":", "after the names of a for");
        }

        var left = Sum();
        var (relation, position) = (Current, Current.Position);
        at++;
        if (relation.IsWord("in"))
        {
            return Membership(text, start, bindings, left);
        }

        var kind = relation.Kind is TokenKind.Symbol ? relation.Text : "";
        Relation? found = kind switch
        {
            "=" => Relation.Equal,
            "==" => Relation.Identical,
            "!=" => Relation.Different,
            "<" => Relation.Less,
            "<=" => Relation.AtMost,
            ">" => Relation.More,
            ">=" => Relation.AtLeast,
            _ => null,
        };
        if (found is null)
        {
            throw new SpecError(position, $"expected a comparison (=, ==, !=, <, <=, >, >=, in), found {relation.Shown}");
        }

        var right = Sum();
        var tolerance = Accept("+-") || Accept("±") ? Sum() : null;
        return tolerance is not null && found != Relation.Equal
            ? throw new SpecError(tolerance.Position, "a tolerance (+-) goes with = only")
            : new Check(start, text.Trim(), bindings, left, found.Value, right, tolerance);
    }

    private Check Membership(string text, Position start, List<Binding> bindings, Expression left)
    {
        var position = Current.Position;
        if (Accept("{"))
        {
            var items = Items("}");
            return new Check(start, text.Trim(), bindings, left, Relation.InSet, new ListOf(position, items), null);
        }

        Expect("[", "or '{' after in");
        var ends = Items("]");
        return ends.Count == 2
            ? new Check(start, text.Trim(), bindings, left, Relation.InInterval, new ListOf(position, ends), null)
            : throw new SpecError(position, $"an interval has two ends, this has {ends.Count}");
    }

    private Binding ForEntry()
    {
        if (tokens[Math.Min(at + 1, tokens.Count - 1)].Is("="))
        {
            return Assignment();
        }

        var (name, position) = NewName();
        if (!Current.IsWord("in"))
        {
            throw new SpecError(Current.Position, $"expected 'in' or '=' after '{name}', found {Current.Shown}");
        }

        at++;
        var domain = Sum();
        if (Accept(".."))
        {
            domain = new Range(domain.Position, domain, Sum());
        }

        return new Binding(position, name, domain, Runs: true);
    }

    private Binding Assignment()
    {
        var (name, position) = NewName();
        Expect("=", $"after '{name}'");
        return new Binding(position, name, Sum(), Runs: false);
    }

    private (string Name, Position Position) NewName()
    {
        var token = Current;
        if (token.Kind is not TokenKind.Name || Reserved.Contains(token.Text))
        {
            throw new SpecError(token.Position, $"expected a name, found {token.Shown}");
        }

        if (Library.IsConstant(token.Text))
        {
            throw new SpecError(token.Position, $"'{token.Text}' is a constant of the library and cannot be given another value");
        }

        at++;
        return (token.Text, token.Position);
    }

    private bool Accept(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(string symbol, string why)
    {
        if (!Accept(symbol))
        {
            throw new SpecError(Current.Position, $"expected '{symbol}' {why}, found {Current.Shown}");
        }
    }

    private void ExpectEnd()
    {
        if (Current.Kind is not TokenKind.End)
        {
            throw new SpecError(Current.Position, $"expected the end of the expression, found {Current.Shown}");
        }
    }

    private void Enter()
    {
        if (++depth > DeepestNesting)
        {
            throw new SpecError(Current.Position, $"nested deeper than {DeepestNesting}");
        }
    }
}
