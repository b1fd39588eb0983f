using LatentConformance.Contract;

namespace LatentConformance.Gate.Workloads;

/// <summary>What a kernel is timed on: inputs, and how large each output is.</summary>
/// <param name="Origin">Where it comes from, as a report says it.</param>
public sealed record Workload(Operation Operation, string Origin, IReadOnlyDictionary<string, Tensor> Inputs, IReadOnlyDictionary<string, int[]> OutputShapes)
{
    /// <summary>Bytes that a call reads and writes, at four a value.</summary>
    public long Bytes => 4 * (Inputs.Values.Sum(t => (long)t.Count) + OutputShapes.Values.Sum(s => Tensor.CountOf(s)));

    /// <summary>What each axis name stands for.</summary>
    public IReadOnlyDictionary<string, int> Sizes { get; } = SizesOf(Operation, Inputs, OutputShapes);

    private static Dictionary<string, int> SizesOf(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, IReadOnlyDictionary<string, int[]> outputs)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, shape) in operation.Inputs.Select(f => (f, inputs[f.Name].Shape.ToArray()))
            .Concat(operation.Outputs.Where(f => outputs.ContainsKey(f.Name)).Select(f => (f, outputs[f.Name]))))
        {
            for (var axis = 0; axis < field.Axes.Count; axis++)
            {
                sizes[field.Axes[axis]] = shape[axis];
            }
        }

        return sizes;
    }
}
