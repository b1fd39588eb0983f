using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

/// <summary>Who answers the operations of a claim.</summary>
public interface IOperations
{
    IReadOnlyDictionary<string, Quantity> Ask(Operation operation, IReadOnlyDictionary<string, Quantity> inputs);
}

/// <summary>Evaluates expressions: the library here, operations by whoever is under test. Steps are counted, so it always ends.</summary>
public sealed class Evaluator(Catalogue catalogue, IOperations operations, Draws draws)
{
    /// <summary>How often a random domain of a for is drawn.</summary>
    public const int DrawsOfAFor = 4;

    private const long MostElements = 20_000_000;

    /// <summary>The nearest of n codes to m vectors costs n m: the two largest inputs bound what an operation may cost.</summary>
    private const long MostWork = 1L << 29;

    private readonly Dictionary<string, Value> names = new(StringComparer.Ordinal);
    private long elements;

    public void Bind(string name, Value value) => names[name] = value;

    public void Forget(string name) => names.Remove(name);

    /// <summary>The values that the domain of a for runs through.</summary>
    public IEnumerable<Value> Domain(Expression domain)
    {
        switch (domain)
        {
            case Range range:
                var (first, last) = (Whole(range.First), Whole(range.Last));
                return Enumerable.Range(0, (int)Math.Max(0, Math.Min(last - first + 1, int.MaxValue))).Select(i => (Value)Quantity.Scalar(first + i));
            case LibraryCall call when Library.Find(call.Function)!.IsDraw:
                return Enumerable.Range(0, DrawsOfAFor).Select(_ => Evaluate(domain));
            default:
                var list = Number(domain);
                return list.Shape.Length == 0
                    ? throw new SpecError(domain.Position, "a name runs through a list, a range a..b or a draw, not through one number")
                    : Enumerable.Range(0, list.Shape[0]).Select(i => (Value)Slab(list, i));
        }
    }

    public Quantity Number(Expression expression) =>
        Evaluate(expression).Number
        ?? throw new SpecError(expression.Position, "several outputs; say which, as in name.output");

    public Value Evaluate(Expression expression)
    {
        var value = Raw(expression);
        elements += 1 + (value.Number?.Count ?? 0);
        return elements <= MostElements
            ? value
            : throw new SpecError(expression.Position, "the expression takes too many steps");
    }

    private Value Raw(Expression expression) => expression switch
    {
        Literal literal => Quantity.Scalar(literal.Value),
        Name name => Named(name),
        Negation negation => Number(negation.Operand) is var x ? new Quantity(x.Shape, [.. x.Values.Select(v => -v)], x.Slack) : default(Value),
        Arithmetic arithmetic => Calculate(arithmetic),
        ListOf list => Stack(list),
        LibraryCall call => Library.Find(call.Function)!.Body(new Call(call.Position, [.. call.Arguments.Select(Number)], draws)),
        OperationCall call => Ask(call),
        Member member => Field(member),
        Element element => Indexed(element),
        _ => throw new SpecError(expression.Position, "a range stands only after 'in' of a for"),
    };

    private Value Named(Name name)
    {
        if (names.TryGetValue(name.Text, out var value))
        {
            return value;
        }

        return Library.Constant(name.Text) is { } constant
            ? Quantity.Scalar(constant)
            : throw new SpecError(name.Position, $"no name '{name.Text}'{Nearest.Hint(name.Text, names.Keys)}");
    }

    private Quantity Calculate(Arithmetic arithmetic)
    {
        var (a, b) = (Number(arithmetic.Left), Number(arithmetic.Right));
        return arithmetic.Operator switch
        {
            '+' => Quantity.Zip(a, b, (x, y) => x + y, (_, sx, _, sy) => sx + sy, arithmetic.Position),
            '-' => Quantity.Zip(a, b, (x, y) => x - y, (_, sx, _, sy) => sx + sy, arithmetic.Position),
            '*' => Quantity.Zip(a, b, (x, y) => x * y, (x, sx, y, sy) => Scaled(y, sx) + Scaled(x, sy), arithmetic.Position),
            '/' => Quantity.Zip(a, b, (x, y) => x / y, (x, sx, y, sy) => Scaled(1 / y, sx) + Scaled(x / y / y, sy), arithmetic.Position),
            _ => Quantity.Zip(a, b, Math.Pow, (x, sx, y, sy) => Scaled(y * Math.Pow(x, y - 1), sx) + Scaled(Math.Pow(x, y) * Math.Log(Math.Abs(x)), sy), arithmetic.Position),
        };
    }

    /// <summary>Slack through a slope; no slack stays none, whatever the slope.</summary>
    private static double Scaled(double slope, double slack) => slack == 0 ? 0 : Math.Abs(slope) * slack;

    private Quantity Stack(ListOf list)
    {
        var items = list.Items.Select(Number).ToArray();
        if (items.Length == 0)
        {
            return Quantity.Vector();
        }

        var odd = Array.FindIndex(items, i => !i.Shape.SequenceEqual(items[0].Shape));
        if (odd >= 0)
        {
            throw new SpecError(
                list.Items[odd].Position,
                $"a list holds items of one shape: {Tensor.Show(items[odd].Shape)} after {Tensor.Show(items[0].Shape)}");
        }

        int[] shape = [items.Length, .. items[0].Shape];
        Quantity.Checked(shape, list.Position);
        return new Quantity(shape, [.. items.SelectMany(i => i.Values)], [.. items.SelectMany(i => i.Slack)]);
    }

    private Value Ask(OperationCall call)
    {
        var operation = catalogue.Find(call.Operation)!;
        var inputs = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in operation.Inputs)
        {
            var (_, expression) = call.Arguments.First(a => a.Name == field.Name);
            var given = Number(expression);

            // One sample may be written without its batch axis, one number without its brackets.
            var missing = Math.Max(0, field.Axes.Count - given.Shape.Length);
            int[] shape = [.. Enumerable.Repeat(1, missing), .. given.Shape];
            if (Signature.Misfit(field, shape, sizes) is { } misfit)
            {
                throw new SpecError(expression.Position, $"{operation.Name}: {misfit}");
            }

            if (field.Kind is FieldKind.Int && given.Values.Any(v => v != Math.Floor(v) || Math.Abs(v) > 1L << 53))
            {
                throw new SpecError(expression.Position, $"{operation.Name}: {field.Name} holds whole numbers");
            }

            inputs[field.Name] = new Quantity(shape, given.Values, given.Slack);
        }

        var work = inputs.Values.Select(i => (long)i.Count).OrderDescending().Take(2).Aggregate(1L, (a, b) => a * Math.Max(b, 1));
        elements += inputs.Values.Sum(i => (long)i.Count);
        if (work > MostWork)
        {
            throw new SpecError(call.Position, $"{operation.Name} is given too much for a claim: the sizes of its two largest inputs multiply to more than 2^29");
        }

        var outputs = operations.Ask(operation, inputs);
        return new Value(operation.Outputs.Count == 1 ? outputs.GetValueOrDefault(operation.Outputs[0].Name) : null, outputs);
    }

    private Quantity Field(Member member)
    {
        if (Evaluate(member.Record).Outputs is not { } outputs)
        {
            throw new SpecError(member.Position, "only the answer of an operation has named outputs");
        }

        return outputs.GetValueOrDefault(member.Field)
            ?? throw new SpecError(member.Position, $"no output '{member.Field}'; there are {string.Join(", ", outputs.Keys)}");
    }

    private Quantity Indexed(Element element)
    {
        var sequence = Number(element.Sequence);
        var index = Whole(element.Index);
        return sequence.Shape.Length > 0 && index >= 0 && index < sequence.Shape[0]
            ? Slab(sequence, (int)index)
            : throw new SpecError(element.Position, $"index {index} does not fit the shape {Tensor.Show(sequence.Shape)}");
    }

    private long Whole(Expression expression)
    {
        var number = Number(expression);
        return number.Count == 1 && number.Values[0] == Math.Floor(number.Values[0]) && Math.Abs(number.Values[0]) <= int.MaxValue
            ? (long)number.Values[0]
            : throw new SpecError(expression.Position, "expected one whole number");
    }

    private static Quantity Slab(Quantity list, int index)
    {
        var shape = list.Shape[1..];
        var count = shape.Aggregate(1, (a, b) => a * b);
        return list.Take(shape, Enumerable.Range(index * count, count));
    }
}
