using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>
/// Answers the operations of a claim from the implementation under test. The slack of an answer is the reference's bound
/// in that implementation's dtype, what rounding the inputs to that dtype does to the reference's own answer, and what
/// the inputs' own slack does to it where they came out of another operation.
/// </summary>
internal sealed class UnderTest(IAnswerer implementation, Oracle oracle) : IOperations
{
    private readonly Precision precision = Precision.Of(implementation.Description.DType);

    public IReadOnlyDictionary<string, Quantity> Ask(Operation operation, IReadOnlyDictionary<string, Quantity> inputs)
    {
        var exact = operation.Inputs.ToDictionary(f => f.Name, f => AsTensor(f, inputs[f.Name], DType.Float64));
        var rounded = operation.Inputs.ToDictionary(f => f.Name, f => AsTensor(f, inputs[f.Name], precision.DType));
        var given = Outputs(implementation.Ask(operation, rounded), operation);
        var expected = Outputs(oracle.Ask(operation, Widened(rounded), Conventions.House), operation);

        // An input at the edge of its domain may be moved over it; what is refused there tells nothing.
        var others = Variations(operation, inputs, exact, rounded).Select(v => oracle.Ask(operation, v, Conventions.House)).OfType<Answered>().ToArray();
        return operation.Outputs.ToDictionary(f => f.Name, f => AsQuantity(operation, f, given, expected[f.Name], [.. others.Select(o => o.Outputs[f.Name])]));
    }

    /// <summary>Inputs as they would be without rounding to the dtype, and moved by their slack either way.</summary>
    private static IEnumerable<Dictionary<string, Tensor>> Variations(
        Operation operation,
        IReadOnlyDictionary<string, Quantity> inputs,
        Dictionary<string, Tensor> exact,
        Dictionary<string, Tensor> rounded)
    {
        if (operation.Inputs.Any(f => !exact[f.Name].ToDoubles().AsSpan().SequenceEqual(rounded[f.Name].ToDoubles())))
        {
            yield return exact;
        }

        // Slack of a few ulp is the claim's own arithmetic; more comes from an answer that went in.
        if (inputs.Values.Any(q => q.Slack.Where((s, i) => s > 4 * Quantity.Ulps(q.Values[i])).Any()))
        {
            foreach (var direction in new[] { -1, 1 })
            {
                yield return operation.Inputs.ToDictionary(
                    f => f.Name,
                    f => f.Kind is FieldKind.Int ? exact[f.Name] : AsTensor(f, Moved(inputs[f.Name], direction), DType.Float64));
            }
        }
    }

    private static Quantity Moved(Quantity quantity, int direction) =>
        new(quantity.Shape, [.. quantity.Values.Select((v, i) => v + (direction * quantity.Slack[i]))]);

    private Quantity AsQuantity(Operation operation, Field field, IReadOnlyDictionary<string, Tensor> given, Tensor expected, Tensor[] others)
    {
        if (!given.TryGetValue(field.Name, out var answer))
        {
            throw new Unanswered(UnansweredKind.Unsupported, $"{operation.Name} leaves out {field.Name}");
        }

        if (!answer.SameShape(expected) && !(answer.Count == 1 && expected.Count == 1))
        {
            throw new Unanswered(UnansweredKind.Refused, $"{field.Name} has shape {Tensor.Show(answer.Shape)}, expected {Tensor.Show(expected.Shape)}");
        }

        var values = answer.ToDoubles();
        var slack = new double[values.Length];
        for (var i = 0; i < slack.Length; i++)
        {
            slack[i] = expected.Tolerance?.Allowed(i, precision, strict: false) ?? 0;
            foreach (var other in others)
            {
                var shift = Math.Abs(expected[i] - other[i]);
                slack[i] += double.IsNaN(shift) ? 0 : shift;
            }
        }

        return new Quantity(expected.Shape.ToArray(), values, slack);
    }

    private static IReadOnlyDictionary<string, Tensor> Outputs(Answer answer, Operation operation) => answer switch
    {
        Answered answered => answered.Outputs,
        Unsupported => throw new Unanswered(UnansweredKind.Unsupported, $"{operation.Name} is not offered"),
        Declined declined => throw new Unanswered(UnansweredKind.Declined, $"{operation.Name}: {declined.Reason}"),
        Refused refused => throw new Unanswered(UnansweredKind.Refused, $"{operation.Name} refuses: {refused.Message}"),
        Raised raised => throw new Unanswered(UnansweredKind.Broken, $"{operation.Name}: {raised.Message}"),
        Broken broken => throw new Unanswered(UnansweredKind.Broken, $"{operation.Name}: {broken.Message}"),
        _ => throw new InvalidOperationException(answer.GetType().Name),
    };

    private static Tensor AsTensor(Field field, Quantity quantity, DType dtype) =>
        Tensor.Of(field.Kind is FieldKind.Int ? DType.Int64 : dtype, quantity.Shape, quantity.Values);

    private static Dictionary<string, Tensor> Widened(Dictionary<string, Tensor> inputs) =>
        inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(DType.Float64));
}
