using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Language;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Vectors;

/// <summary>Asks the reference for every case of an operation. A gradient shares its operation's inputs; its cotangents are drawn.</summary>
public sealed class GoldenMaker(Oracle oracle, InputsFile inputs, string specVersion)
{
    public Golden Make(Operation operation)
    {
        var cases = operation.Forward is { } forward
            ? inputs.Read(forward).Where(c => !c.Refuses).Select(c => Gradient(operation, forward, c))
            : inputs.Read(operation).Select(c => Case(operation, c.Name, c.About, c.Refuses, c.Inputs, c.Position));
        return new Golden(operation.Name, operation.Signature.ToString(), specVersion, [.. cases]) { Conventions = operation.Honours };
    }

    /// <summary>The inputs of a gradient: the operation's own, and one cotangent for each output that the signature names.</summary>
    public static Dictionary<string, Tensor> WithCotangents(
        Operation gradient, Operation forward, string caseName, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, Tensor> outputs)
    {
        var all = new Dictionary<string, Tensor>(inputs, StringComparer.Ordinal);
        foreach (var field in gradient.Inputs.Where(f => !inputs.ContainsKey(f.Name)))
        {
            var output = forward.Outputs.First(o => field.Name == "d_" + o.Name);
            var draws = new Draws($"{gradient.Name}/{caseName}/{field.Name}");
            var values = new double[outputs[output.Name].Count];
            for (var i = 0; i < values.Length; i++)
            {
                // Eighths within ±2, never zero: every dtype holds them, and no gradient is lost to a zero cotangent.
                var eighth = draws.Below(32) - 16;
                values[i] = (eighth >= 0 ? eighth + 1 : eighth) / 8.0;
            }

            all[field.Name] = new Tensor(outputs[output.Name].Shape.ToArray(), values);
        }

        return all;
    }

    private VectorCase Gradient(Operation gradient, Operation forward, CaseInputs source)
    {
        var outputs = Outputs(forward, source.Inputs, source.Position);
        var inputs = WithCotangents(gradient, forward, source.Name, source.Inputs, outputs);
        return Case(gradient, source.Name, source.About, refuses: false, inputs, source.Position);
    }

    private VectorCase Case(Operation operation, string name, string about, bool refuses, IReadOnlyDictionary<string, Tensor> given, Position position)
    {
        var id = $"{operation.Name}/{name}";
        if (refuses)
        {
            return oracle.Ask(operation, given, Conventions.House) is Refused
                ? new VectorCase(id, about, given, new Dictionary<string, Tensor>(), Everywhere(Level.Strict), Refuses: true)
                : throw new SpecError(position, $"the reference answers '{name}', which was to be refused");
        }

        var outputs = Outputs(operation, given, position);
        var levels = Suitability.Of(given, outputs);
        return levels.ContainsKey(DType.Float64)
            ? new VectorCase(id, about, given, outputs, levels, Refuses: false)
            : throw new SpecError(position, $"'{name}' cannot tell {operation.Name} from zeros, in float64 even");
    }

    private IReadOnlyDictionary<string, Tensor> Outputs(Operation operation, IReadOnlyDictionary<string, Tensor> given, Position position) =>
        oracle.Ask(operation, given, Conventions.House) switch
        {
            Answered answered => answered.Outputs,
            var other => throw new SpecError(position, $"the reference does not answer {operation.Name} here: {other}"),
        };

    private static Dictionary<DType, Level> Everywhere(Level level) => DTypes.Floating.ToDictionary(d => d, _ => level);
}
