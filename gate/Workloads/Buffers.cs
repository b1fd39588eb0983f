using LatentConformance.Contract;

namespace LatentConformance.Gate.Workloads;

/// <summary>
/// One copy of a workload in memory. Both sides are called on the same arrays, as far as they take the same types: where the
/// memory lies cannot favour one of them.
/// </summary>
public sealed class Buffers(Workload workload)
{
    private readonly Dictionary<(string Field, Type Element), Array> arrays = [];

    public Array Array(Field field, Type element)
    {
        if (!arrays.TryGetValue((field.Name, element), out var array))
        {
            array = workload.Inputs.TryGetValue(field.Name, out var input) ? Filled(input, element) : Poisoned(Count(field), element);
            arrays.Add((field.Name, element), array);
        }

        return array;
    }

    public Tensor Tensor(Field field, Type element)
    {
        var shape = workload.Inputs.TryGetValue(field.Name, out var input) ? input.Shape.ToArray() : workload.OutputShapes[field.Name];
        return Array(field, element) switch
        {
            float[] f => new Tensor(shape, f),
            double[] d => new Tensor(shape, d),
            var l => new Tensor(shape, (long[])l),
        };
    }

    public object Number(string name) => workload.Inputs[name] is { DType: DType.Int64 } whole ? whole.Int64[0] : workload.Inputs[name][0];

    public int Size(string axis) => workload.Sizes[axis];

    /// <summary>Fills the outputs with what no kernel answers, so that what is not written shows.</summary>
    public void Poison()
    {
        foreach (var ((field, _), array) in arrays)
        {
            if (!workload.Inputs.ContainsKey(field))
            {
                Poison(array);
            }
        }
    }

    private int Count(Field field) => (int)Contract.Tensor.CountOf(workload.OutputShapes[field.Name]);

    private static Array Poisoned(int count, Type element)
    {
        var array = System.Array.CreateInstance(element, count);
        Poison(array);
        return array;
    }

    private static void Poison(Array array)
    {
        switch (array)
        {
            case float[] f:
                f.AsSpan().Fill(float.NaN);
                break;
            case double[] d:
                d.AsSpan().Fill(double.NaN);
                break;
            default:
                ((long[])array).AsSpan().Fill(long.MinValue);
                break;
        }
    }

    private static Array Filled(Tensor input, Type element)
    {
        if (element == typeof(long))
        {
            return input.Int64.ToArray();
        }

        if (element == typeof(double))
        {
            return input.DType == DType.Float64 ? input.Float64.ToArray() : input.ToDoubles();
        }

        if (input.DType != DType.Float64)
        {
            return input.Float32.ToArray();
        }

        var wide = input.Float64;
        var narrow = new float[input.Count];
        for (var i = 0; i < narrow.Length; i++)
        {
            narrow[i] = (float)wide[i];
        }

        return narrow;
    }
}
