using System.Globalization;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

// Expressions, loosest first: sums, products, signs, powers, then what follows a name, then names, numbers and lists.
public sealed partial class Parser
{
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
}
