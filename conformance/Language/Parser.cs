using System.Globalization;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

/// <summary>
/// Recursive descent over tokens. Names of operations and of library functions are resolved here, so that a claim with an
/// unknown one is refused when it is read and not when it is run.
/// </summary>
public sealed class Parser
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

    private Expression Sum()
    {
        var left = Product();
        while (Current.Is("+") || Current.Is("-"))
        {
            var sign = tokens[at++];
            left = new Arithmetic(sign.Position, sign.Text[0], left, Product());
        }

        return left;
    }

    private Expression Product()
    {
        var left = Signed();
        while (Current.Is("*") || Current.Is("/"))
        {
            var sign = tokens[at++];
            left = new Arithmetic(sign.Position, sign.Text[0], left, Signed());
        }

        return left;
    }

    private Expression Signed()
    {
        var position = Current.Position;
        Enter();
        Expression result = Accept("-") ? new Negation(position, Signed()) : Power();
        depth--;
        return result;
    }

    private Expression Power()
    {
        var left = Postfix();
        if (!Current.Is("^"))
        {
            return left;
        }

        var position = tokens[at++].Position;
        return new Arithmetic(position, '^', left, Signed());
    }

    private Expression Postfix()
    {
        var expression = Primary();
        while (true)
        {
            var position = Current.Position;
            if (Accept("."))
            {
                var field = Current;
                if (field.Kind is not TokenKind.Name)
                {
                    throw new SpecError(field.Position, $"expected the name of an output after '.', found {field.Shown}");
                }

                at++;
                expression = new Member(position, expression, field.Text);
            }
            else if (Accept("["))
            {
                expression = new Element(position, expression, Sum());
                Expect("]", "after an index");
            }
            else
            {
                return expression;
            }
        }
    }

    private Expression Primary()
    {
        Enter();
        var token = tokens[at];
        Expression result;
        if (token.Kind is TokenKind.Number)
        {
            at++;
            result = Number(token);
        }
        else if (token.Kind is TokenKind.Name && !Reserved.Contains(token.Text))
        {
            at++;
            result = NameOrCall(token);
        }
        else if (Accept("("))
        {
            result = Sum();
            Expect(")", "to close the parenthesis");
        }
        else if (Accept("["))
        {
            result = new ListOf(token.Position, Items("]"));
        }
        else
        {
            throw new SpecError(token.Position, $"expected a number, a name or '(', found {token.Shown}");
        }

        depth--;
        return result;
    }

    private Expression NameOrCall(Token token)
    {
        var name = token.Text;

        // An operation's name may hold a dot: kl.vjp( is one name, q.indices is a name and its member.
        if (Current.Is(".") && tokens[at + 1].Kind is TokenKind.Name && tokens[at + 2].Is("("))
        {
            name += "." + tokens[at + 1].Text;
            at += 2;
        }

        if (!Accept("("))
        {
            return new Name(token.Position, name);
        }

        if (catalogue.Find(name) is { } operation)
        {
            operations.Add(name);
            return new OperationCall(token.Position, name, Arguments(operation, token.Position));
        }

        if (Library.Find(name) is not { } function)
        {
            var known = catalogue.Operations.Select(o => o.Name).Concat(Library.Names);
            throw new SpecError(token.Position, $"no operation or library function '{name}'{Nearest.Hint(name, known)}");
        }

        var arguments = Items(")");
        return arguments.Count >= function.Fewest && arguments.Count <= function.Most
            ? new LibraryCall(token.Position, name, arguments)
            : throw new SpecError(token.Position, $"{function.Usage} does not take {arguments.Count} arguments");
    }

    private List<(string Name, Expression Value)> Arguments(Operation operation, Position position)
    {
        var arguments = new List<(string Name, Expression Value)>();
        if (!Accept(")"))
        {
            do
            {
                var token = Current;
                if (token.Kind is not TokenKind.Name || !tokens[at + 1].Is(":"))
                {
                    throw new SpecError(token.Position, $"an operation takes its inputs by name: {operation.Signature}");
                }

                if (operation.Inputs.All(f => f.Name != token.Text))
                {
                    var hint = Nearest.Hint(token.Text, operation.Inputs.Select(f => f.Name));
                    throw new SpecError(token.Position, $"{operation.Name} has no input '{token.Text}'{hint}");
                }

                if (arguments.Any(a => a.Name == token.Text))
                {
                    throw new SpecError(token.Position, $"'{token.Text}' is given twice");
                }

                at += 2;
                arguments.Add((token.Text, Sum()));
            }
            while (Accept(","));
            Expect(")", $"after the inputs of {operation.Name}");
        }

        var missing = operation.Inputs.FirstOrDefault(f => arguments.All(a => a.Name != f.Name));
        return missing is null ? arguments : throw new SpecError(position, $"{operation.Name} needs its input '{missing.Name}'");
    }

    private List<Expression> Items(string close)
    {
        var items = new List<Expression>();
        if (Accept(close))
        {
            return items;
        }

        do
        {
            items.Add(Sum());
        }
        while (Accept(","));
        Expect(close, "to close the list");
        return items;
    }

    /// <summary>The value, and half a unit in the last printed place: 5.63 is ± 0.005, 84e6 is ± 0.5e6, 4% is ± 0.5%.</summary>
    private static Literal Number(Token token)
    {
        var percent = token.Text.EndsWith('%');
        var text = token.Text.TrimEnd('%').Replace("_", "", StringComparison.Ordinal);
        var exponentAt = text.IndexOfAny(['e', 'E']);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            throw new SpecError(token.Position, $"the exponent of {token.Shown} is too large");
        }

        var places = exponent - (point < 0 ? 0 : mantissa.Length - point - 1) - (percent ? 2 : 0);
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) / (percent ? 100 : 1);
        return double.IsFinite(value)
            ? new Literal(token.Position, value, 0.5 * Math.Pow(10, places))
            : throw new SpecError(token.Position, $"{token.Shown} is too large for a float64");
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
