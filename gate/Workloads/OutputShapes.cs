using LatentConformance.Conformance.Implementations;
using LatentConformance.Contract;

namespace LatentConformance.Gate.Workloads;

/// <summary>How large the outputs of large inputs are, without having the reference compute them: it is asked for a few rows.</summary>
internal sealed class OutputShapes(Oracle oracle)
{
    public Dictionary<string, int[]> Of(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        var known = operation.Inputs.SelectMany(f => f.Axes.Select((axis, a) => (axis, inputs[f.Name].Shape[a]))).DistinctBy(s => s.axis).ToDictionary(s => s.axis, s => s.Item2);
        if (operation.Outputs.All(f => f.Axes.All(known.ContainsKey)))
        {
            return operation.Outputs.ToDictionary(f => f.Name, f => f.Axes.Select(a => known[a]).ToArray());
        }

        if (Rows.Axis(operation, inputs) is not { } axis || Rows.Count(operation, inputs, axis) is var rows && rows < 4)
        {
            return Asked(operation, inputs);
        }

        var two = Asked(operation, Rows.Take(operation, inputs, axis, [0, 1]));
        var three = Asked(operation, Rows.Take(operation, inputs, axis, [0, 1, 2]));
        var shapes = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var field in operation.Outputs.Where(f => two.ContainsKey(f.Name)))
        {
            shapes[field.Name] = new int[field.Axes.Count];
            for (var a = 0; a < field.Axes.Count; a++)
            {
                // An axis that grows with the batch under another name: only the whole batch tells.
                if (field.Axes[a] != axis && two[field.Name][a] != three[field.Name][a])
                {
                    return Asked(operation, inputs);
                }

                shapes[field.Name][a] = field.Axes[a] == axis ? rows : two[field.Name][a];
            }
        }

        return shapes;
    }

    private Dictionary<string, int[]> Asked(Operation operation, IReadOnlyDictionary<string, Tensor> inputs) =>
        oracle.Ask(operation, inputs, Conventions.House) is Answered answered
            ? answered.Outputs.ToDictionary(o => o.Key, o => o.Value.Shape.ToArray())
            : throw new GateException($"the reference refuses the workload of {operation.Name}; expected inputs that it answers");
}
