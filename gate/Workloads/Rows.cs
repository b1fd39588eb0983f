using LatentConformance.Contract;

namespace LatentConformance.Gate.Workloads;

/// <summary>A batch by its rows: taken in part where a whole one takes too long, repeated where it is too small.</summary>
public static class Rows
{
    /// <summary>
    /// The batch: the leading axis of the largest input that is a matrix or leads an output too, and then of the largest at all. Null
    /// where that axis is anywhere but in front.
    /// </summary>
    public static string? Axis(Operation operation, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Field[] bySize = [.. operation.Inputs.Where(f => f.Axes.Count > 0).OrderByDescending(f => inputs[f.Name].Count)];
        var axis = (bySize.FirstOrDefault(f => f.Axes.Count > 1 || operation.Outputs.Any(o => Leads(o, f.Axes[0]))) ?? bySize.FirstOrDefault())?.Axes[0];
        return operation.Inputs.All(f => f.Axes.Skip(1).All(a => a != axis)) ? axis : null;
    }

    public static int Count(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, string axis) =>
        inputs[operation.Inputs.First(f => Leads(f, axis)).Name].Shape[0];

    public static bool Leads(Field field, string axis) => field.Axes.Count > 0 && field.Axes[0] == axis;

    public static Dictionary<string, Tensor> Take(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, string axis, int[] rows) =>
        operation.Inputs.ToDictionary(f => f.Name, f => Leads(f, axis) ? Take(inputs[f.Name], rows) : inputs[f.Name]);

    public static Tensor Take(Tensor tensor, int[] rows)
    {
        int[] shape = [rows.Length, .. tensor.Shape[1..]];
        var width = (int)Tensor.CountOf(tensor.Shape[1..]);
        return tensor.DType switch
        {
            DType.Int64 => new Tensor(shape, Gathered(tensor.Int64, rows, width)),
            DType.Float64 => new Tensor(shape, Gathered(tensor.Float64, rows, width)),
            _ => new Tensor(shape, Gathered(tensor.Float32, rows, width), tensor.DType),
        };
    }

    /// <summary>So many rows, spread over all of them, the first and the last among them.</summary>
    public static int[] Spread(int count, int of) =>
        count >= of ? [.. Enumerable.Range(0, of)] : [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * (of - 1) / (count - 1)))];

    private static T[] Gathered<T>(ReadOnlySpan<T> values, int[] rows, int width)
    {
        var gathered = new T[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            values.Slice(rows[i] * width, width).CopyTo(gathered.AsSpan(i * width));
        }

        return gathered;
    }
}
