using LatentConformance.Conformance;
using LatentConformance.Conformance.Implementations;
using LatentConformance.Conformance.Vectors;
using LatentConformance.Contract;

namespace LatentConformance.Gate.Workloads;

/// <summary>
/// The inputs for timing: the first case of Inputs/&lt;operation&gt;.inputs, for a gradient that of its operation, and where there is no
/// file the largest golden case, its rows repeated until it is large.
/// </summary>
public sealed class WorkloadBook(Catalogue catalogue, Oracle oracle, IReadOnlyDictionary<string, Golden> goldens, DirectoryInfo? folder)
{
    /// <summary>Elements that a batch made of a golden case is brought to.</summary>
    private const int Large = 1 << 18;

    public Workload Find(Operation operation)
    {
        if (OfFile(operation) is { } own)
        {
            return Of(operation, own.Inputs, own.Position.File);
        }

        // A gradient is timed on its operation's inputs, with cotangents drawn as those of the goldens are.
        if (operation.Forward is { } forward && OfFile(forward) is { } theirs)
        {
            var outputs = Of(forward, theirs.Inputs, "").OutputShapes.ToDictionary(s => s.Key, s => new Tensor(s.Value, new double[Tensor.CountOf(s.Value)]));
            return Of(operation, GoldenMaker.WithCotangents(operation, forward, theirs.Name, theirs.Inputs, outputs), theirs.Position.File);
        }

        return Of(operation, Repeated(operation), "its largest golden case, repeated");
    }

    /// <summary>Both sides see the same numbers, whatever their type: those that float32 holds.</summary>
    public Workload Of(Operation operation, IReadOnlyDictionary<string, Tensor> inputs, string origin)
    {
        var rounded = inputs.ToDictionary(i => i.Key, i => i.Value.DType == DType.Float64 ? Rounded(i.Value) : i.Value);
        return new Workload(operation, origin, rounded, new OutputShapes(oracle).Of(operation, rounded));
    }

    private CaseInputs? OfFile(Operation operation)
    {
        if (Text(operation.Name) is not { } file)
        {
            return null;
        }

        var cases = new InputsFile(catalogue, Text).Read(operation);
        return cases.Count > 0 ? cases[0] : throw new SpecError(new Position(file.File, 0, 0), "no case; expected one, as 'large: input = expression; …'");
    }

    private Dictionary<string, Tensor> Repeated(Operation operation)
    {
        var largest = goldens[operation.Name].Cases.Where(c => !c.Refuses && c.Levels.ContainsKey(DType.Float32) && c.Inputs.Values.All(t => !t.ToDoubles().Any(double.IsNaN))).MaxBy(c => c.Inputs.Values.Sum(t => t.Count))
            ?? throw new GateException($"{operation.Name} has no case that suits float32; give its inputs by --workloads DIR, in DIR/{operation.Name}.inputs");
        var inputs = largest.Inputs.ToDictionary(i => i.Key, i => i.Value);
        if (Rows.Axis(operation, inputs) is not { } axis || Rows.Count(operation, inputs, axis) is var rows && rows == 0)
        {
            return inputs;
        }

        var width = operation.Inputs.Where(f => Rows.Leads(f, axis)).Sum(f => inputs[f.Name].Count) / rows;
        var repeated = Math.Max(rows, Large / Math.Max(1, width));
        return Rows.Take(operation, inputs, axis, [.. Enumerable.Range(0, repeated).Select(i => i % rows)]);
    }

    private static Tensor Rounded(Tensor tensor) => new(tensor.Shape.ToArray(), [.. tensor.Float64.ToArray().Select(v => (double)(float)v)]);

    private (string File, string Text)? Text(string stem)
    {
        if (folder is not null)
        {
            var path = Path.Combine(folder.FullName, $"{stem}.inputs");
            if (File.Exists(path))
            {
                return (Path.Combine(folder.ToString(), $"{stem}.inputs"), File.ReadAllText(path));
            }
        }

        using var stream = typeof(WorkloadBook).Assembly.GetManifestResourceStream($"workloads/{stem}.inputs");
        using var reader = stream is null ? null : new StreamReader(stream);
        return reader is null ? null : ($"gate/Workloads/Inputs/{stem}.inputs", reader.ReadToEnd());
    }
}
