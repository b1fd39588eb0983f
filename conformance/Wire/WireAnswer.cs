using System.Text.Json;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Wire;

/// <summary>One answer: outputs, an error, unsupported, or declined with a reason.</summary>
public static class WireAnswer
{
    /// <param name="claimed">Whether the hello names this operation: then it cannot be unsupported.</param>
    /// <param name="inputs">What was asked: the sizes of the axes that an empty list cannot show.</param>
    public static Answer Read(JsonElement answer, Operation operation, DType declared, bool claimed, IReadOnlyDictionary<string, Tensor>? inputs = null)
    {
        if (answer.TryGetProperty("outputs", out var outputs))
        {
            return Outputs(outputs, operation, declared, inputs);
        }

        if (answer.TryGetProperty("error", out var error))
        {
            return new Raised(Said(error));
        }

        if (answer.TryGetProperty("declined", out var reason))
        {
            return new Declined(Said(reason));
        }

        return answer.TryGetProperty("unsupported", out _)
            ? claimed ? new Broken($"its hello offers {operation.Name}, and it answers unsupported") : new Unsupported()
            : new Broken("answered with none of outputs, error, unsupported, declined");
    }

    private static Answer Outputs(JsonElement outputs, Operation operation, DType declared, IReadOnlyDictionary<string, Tensor>? inputs)
    {
        // One output needs no name.
        if (outputs.ValueKind is not JsonValueKind.Object || outputs.TryGetProperty("shape", out _))
        {
            return operation.Outputs.Count == 1
                ? One(operation.Outputs[0], outputs, declared, operation, inputs)
                : new Broken($"outputs have no names; expected an object with {string.Join(", ", operation.Outputs.Select(o => o.Name))}");
        }

        var read = new Dictionary<string, Tensor>();
        foreach (var given in outputs.EnumerateObject())
        {
            if (operation.Outputs.FirstOrDefault(o => o.Name == given.Name) is not { } field)
            {
                return new Broken($"{operation.Name} has no output '{Plain.Text(given.Name)}'{Nearest.Hint(given.Name, operation.Outputs.Select(o => o.Name))}; it has {string.Join(", ", operation.Outputs.Select(o => o.Name))}");
            }

            if (given.Value.ValueKind is JsonValueKind.Null)
            {
                continue;
            }

            try
            {
                read[field.Name] = Value(field, given.Value, declared, operation, inputs);
            }
            catch (MalformedException wrong)
            {
                return new Broken(wrong.Message);
            }
        }

        return new Answered(read);
    }

    private static Answer One(Field field, JsonElement value, DType declared, Operation operation, IReadOnlyDictionary<string, Tensor>? inputs)
    {
        try
        {
            return new Answered(new Dictionary<string, Tensor> { [field.Name] = Value(field, value, declared, operation, inputs) });
        }
        catch (MalformedException wrong)
        {
            return new Broken(wrong.Message);
        }
    }

    /// <summary>[] may stand for [0, 3]: nested lists show no axis behind one of length 0, and the inputs name its size.</summary>
    private static Tensor Value(Field field, JsonElement value, DType declared, Operation operation, IReadOnlyDictionary<string, Tensor>? inputs)
    {
        var read = WireTensor.Read(field, value, declared);
        if (inputs is null || value.ValueKind is not JsonValueKind.Array || read.Count > 0 || read.Rank >= field.Axes.Count)
        {
            return read;
        }

        var sizes = operation.Inputs
            .SelectMany(i => i.Axes.Zip(inputs[i.Name].Shape.ToArray()))
            .ToLookup(a => a.First, a => a.Second);
        return Tensor.Of(read.DType, [.. field.Axes.Select((axis, at) => at < read.Rank ? read.Shape[at] : sizes[axis].FirstOrDefault())], []);
    }

    private static string Said(JsonElement text) => Plain.Text(text.ValueKind is JsonValueKind.String ? text.GetString()! : text.GetRawText());
}
