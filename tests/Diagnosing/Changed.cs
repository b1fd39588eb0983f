using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Running;
using LatentConformance.Contract;
using LatentConformance.Tests.Teeth;

namespace LatentConformance.Tests.Diagnosing;

/// <summary>What becomes of one output; the right ones of the case are there to be used.</summary>
internal delegate Tensor Rule(Field field, Tensor right, IReadOnlyDictionary<string, Tensor> outputs);

/// <summary>The reference with the outputs of one operation changed by a rule: what a diagnosis has to find again.</summary>
internal static class Changed
{
    /// <summary>What is said beside the difference itself: the same of every case that fails, and "" where nothing is.</summary>
    public static string Hint(Operation operation, DType dtype, Rule rule)
    {
        var changed = new Mistake("XX00", "changed", operation.Name, "", "", inputs =>
            Checkout.Reference.Ask(operation, inputs) is Answered answered
                ? operation.Outputs.ToDictionary(f => f.Name, f => rule(f, answered.Outputs[f.Name], answered.Outputs))
                : throw new RefusalException("refused"));
        return Hint(new Mistaken(Checkout.Oracle, changed, dtype), operation);
    }

    public static string Hint(IAnswerer implementation, Operation operation) => Ground.Verify(implementation, operation.Name)
        .Where(r => r.IsBad() && r.Kind == ResultKind.Vector)
        .Select(r => r.Message!.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? r.Message![(end + 2)..] : "")
        .Distinct()
        .SingleOrDefault("");

    /// <summary>
    /// True where the cases show the rule: what it changes in an output it changes in two, and the right values there differ.
    /// From less nothing can be told, and nothing is to be said.
    /// </summary>
    /// <param name="isNumber">The rule is a number, which has to be read off values that rounding leaves sharp.</param>
    public static bool IsShown(Operation operation, DType dtype, Rule rule, bool isNumber)
    {
        var cases = Checkout.Goldens[operation.Name].Cases
            .Where(c => !c.Refuses && c.Levels.ContainsKey(dtype))
            .Select(c => c.Outputs)
            .Where(c => !isNumber || operation.Outputs.All(f => rule(f, c[f.Name], c).Identical(c[f.Name]) || IsSharp(c[f.Name], Precision.Of(dtype))))
            .ToArray();
        var changed = operation.Outputs
            .Select(f => cases.Where(c => !rule(f, c[f.Name], c).Identical(c[f.Name])).Select(c => c[f.Name]).ToArray())
            .Where(c => c.Length > 0)
            .ToArray();
        return changed.Length > 0 && changed.All(c => c.Length > 1 && c.SelectMany(t => t.ToDoubles()).Where(double.IsFinite).Distinct().Skip(1).Any());
    }

    /// <summary>Where rounding leaves a thousandth of every value open, no number shows well enough.</summary>
    private static bool IsSharp(Tensor right, Precision precision) => right.Count == 0
        || Enumerable.Range(0, right.Count).Any(e => right.Tolerance!.Allowed(e, precision, strict: false) <= Math.Abs(right[e]) / 2048);

    public static Tensor Each(this Tensor tensor, Func<double, double> change) =>
        Tensor.Of(tensor.DType, tensor.Shape.ToArray(), [.. tensor.ToDoubles().Select(change)]);

    /// <summary>The values with one axis moved to the end: NCHW to NHWC, or a matrix transposed.</summary>
    public static Tensor Moved(this Tensor tensor, int axis)
    {
        var (before, n) = (tensor.Shape[..axis].ToArray(), tensor.Shape[axis]);
        var after = tensor.Shape[(axis + 1)..].ToArray();
        var inner = after.Aggregate(1, (a, b) => a * b);
        var values = Enumerable.Range(0, tensor.Count).Select(e => tensor[(((e / (n * inner) * n) + (e % n)) * inner) + (e / n % inner)]);
        return Tensor.Of(tensor.DType, [.. before, .. after, n], [.. values]);
    }

    public static Tensor Shaped(this Tensor tensor, params int[] shape) => Tensor.Of(tensor.DType, shape, tensor.ToDoubles());
}
