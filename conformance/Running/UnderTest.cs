using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Running;

/// <summary>
/// Answers the operations of a claim from the implementation under test. The slack of an answer is the reference's bound
/// in that implementation's dtype, and what rounding the inputs to that dtype does to the reference's own answer.
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
        var sameInputs = operation.Inputs.All(f => exact[f.Name].ToDoubles().AsSpan().SequenceEqual(rounded[f.Name].ToDoubles()));
        var unrounded = sameInputs ? expected : Outputs(oracle.Ask(operation, exact, Conventions.House), operation);
        return operation.Outputs.ToDictionary(f => f.Name, f => AsQuantity(operation, f, given, expected[f.Name], unrounded[f.Name]));
    }

    private Quantity AsQuantity(Operation operation, Field field, IReadOnlyDictionary<string, Tensor> given, Tensor expected, Tensor unrounded)
    {
        if (!given.TryGetValue(field.Name, out var answer))
        {
            throw new Unanswered(UnansweredKind.Unsupported, $"{operation.Name} leaves out {field.Name}");
        }

        if (answer.Count != expected.Count)
        {
            throw new Unanswered(UnansweredKind.Broken, $"{operation.Name}: {field.Name} has shape {Tensor.Show(answer.Shape)}, expected {Tensor.Show(expected.Shape)}");
        }

        var values = answer.ToDoubles();
        var slack = new double[values.Length];
        for (var i = 0; i < slack.Length; i++)
        {
            var shift = Math.Abs(expected[i] - unrounded[i]);
            slack[i] = (expected.Tolerance?.Allowed(i, precision, strict: false) ?? 0) + (double.IsNaN(shift) ? 0 : shift);
        }

        return new Quantity(answer.Shape.ToArray(), values, slack);
    }

    private static IReadOnlyDictionary<string, Tensor> Outputs(Answer answer, Operation operation) => answer switch
    {
        Answered answered => answered.Outputs,
        Unsupported => throw new Unanswered(UnansweredKind.Unsupported, $"{operation.Name} is not offered"),
        Declined declined => throw new Unanswered(UnansweredKind.Declined, $"{operation.Name}: {declined.Reason}"),
        Refused refused => throw new Unanswered(UnansweredKind.Refused, $"{operation.Name} refuses: {refused.Message}"),
        Broken broken => throw new Unanswered(UnansweredKind.Broken, $"{operation.Name}: {broken.Message}"),
        _ => throw new InvalidOperationException(answer.GetType().Name),
    };

    private static Tensor AsTensor(Field field, Quantity quantity, DType dtype) =>
        Tensor.Of(field.Kind is FieldKind.Int ? DType.Int64 : dtype, quantity.Shape, quantity.Values);

    private static Dictionary<string, Tensor> Widened(Dictionary<string, Tensor> inputs) =>
        inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Int64 ? i.Value : i.Value.As(DType.Float64));
}
