using LatentConformance.Contract;
using LatentConformance.Reference;

namespace LatentConformance.Compare;

/// <summary>
/// A case cut down until the reference answers it at once: nothing that is wrong is timed. What a kernel does at all the other inputs
/// is for `latent verify` to say.
/// </summary>
internal static class SmallCheck
{
    /// <summary>Says in one line what is off, or null.</summary>
    public static string? Fault(IKernels kernels, Case asked)
    {
        var small = Small(asked);
        var inputs = Inputs.Draw(small);
        using var bound = kernels.Bind(small, inputs);
        if (bound is null)
        {
            return $"no kernel answers {asked.Name}";
        }

        var outputs = bound.Answer();
        var expected = small.Operation.Invoke(new ReferenceKernels(), Inputs.AsTensors(small, inputs));
        return small.Operation.Outputs.Select((field, i) => Fault(small, field, expected[field.Name], outputs[i])).FirstOrDefault(f => f is not null);
    }

    /// <summary>Axes that hang together stay so: pictures of 8 that a stride of 2 halves to 4.</summary>
    public static Case Small(Case asked) => asked.Operation.Inputs.Concat(asked.Operation.Outputs)
        .SelectMany(f => f.Axes).Distinct()
        .Aggregate(asked, (small, axis) => small.With(axis, Math.Min(small.Size(axis), axis is "P" or "Q" ? 4 : 8)));

    private static string? Fault(Case small, Field field, Tensor expected, Array answered)
    {
        var precision = Precision.Of(DType.Float32);
        for (var i = 0; i < answered.Length; i++)
        {
            var value = Convert.ToDouble(answered.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);
            var fits = Math.Abs(value - expected[i]) <= expected.Tolerance!.Allowed(i, precision, strict: false)
                || expected.Tolerance.Alternatives.Any(a => a.Element == i && a.Value == value && Tolerance.IsLegal(a, precision, strict: false));
            if (!fits)
            {
                return Text.Invariant($"{small.Title}: {field.Name}[{i}] is {value}, expected {expected[i]}");
            }
        }

        return null;
    }
}
