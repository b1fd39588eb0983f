using System.Runtime.InteropServices;
using LatentConformance.Contract;

namespace LatentConformance.Compare;

/// <summary>The inputs of a case, drawn once under a fixed seed and written where the peers read the same numbers.</summary>
internal static class Inputs
{
    /// <summary>By field: float[] or long[], or a double where the field has no axes.</summary>
    public static Dictionary<string, object> Draw(Case asked)
    {
        var drawn = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var field in asked.Operation.Inputs)
        {
            drawn[field.Name] = field.Axes.Count == 0 ? asked.Number(field.Name)
                : field.Kind == FieldKind.Int ? Whole(field, asked)
                : Real(field, asked);
        }

        return drawn;
    }

    public static void Write(IReadOnlyDictionary<string, object> inputs, string folder)
    {
        foreach (var (name, value) in inputs)
        {
            var path = Path.Combine(folder, name);
            if (value is float[] floats)
            {
                File.WriteAllBytes(path, MemoryMarshal.AsBytes(floats.AsSpan()));
            }
            else if (value is long[] longs)
            {
                File.WriteAllBytes(path, MemoryMarshal.AsBytes(longs.AsSpan()));
            }
        }
    }

    /// <summary>As the contract has them: what is handed over by name.</summary>
    public static Dictionary<string, Tensor> AsTensors(Case asked, IReadOnlyDictionary<string, object> drawn) =>
        asked.Operation.Inputs.ToDictionary(f => f.Name, f => drawn[f.Name] switch
        {
            float[] floats => new Tensor(asked.Shape(f), floats),
            long[] longs => new Tensor(asked.Shape(f), longs),
            double whole when f.Kind == FieldKind.Int => new Tensor([], [(long)whole]),
            var number => new Tensor([], [(double)number]),
        });

    private static long[] Whole(Field field, Case asked)
    {
        var random = new Random(Seed(field.Name));
        long[] levels = [8, 5, 5, 5];
        return field.Name == "levels"
            ? [.. Enumerable.Range(0, (int)asked.Count(field)).Select(i => levels[i % levels.Length])]
            : [.. Enumerable.Range(0, (int)asked.Count(field)).Select(_ => random.NextInt64(asked.Size("K")))];
    }

    private static float[] Real(Field field, Case asked)
    {
        var values = new float[asked.Count(field)];
        const int Chunk = 1 << 20;
        Parallel.For(0, (values.Length + Chunk - 1) / Chunk, chunk =>
        {
            var random = new Random(Seed(field.Name) + chunk);
            var part = values.AsSpan(chunk * Chunk, Math.Min(Chunk, values.Length - (chunk * Chunk)));
            Fill(part, random, field, asked);
        });
        return values;
    }

    private static void Fill(Span<float> values, Random random, Field field, Case asked)
    {
        var isProbability = asked.Name.StartsWith("bce", StringComparison.Ordinal) && field.Name is ("x" or "x_hat");
        foreach (ref var value in values)
        {
            value = (float)(field.Name switch
            {
                "uniforms" => Math.Clamp(random.NextDouble(), 1e-6, 1 - 1e-6),
                "counts" => 1 + (10 * random.NextDouble()),
                _ when isProbability => 0.01 + (0.98 * random.NextDouble()),
                "logvar" => (0.5 * Normal(random)) - 0.5,
                "weight" => Normal(random) / Math.Sqrt(asked.Size("C") * asked.Size("R") * asked.Size("S")),
                "z" or "codebook" => asked.Offset + Normal(random),
                _ => Normal(random),
            });
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Fixed, and another for each field; string.GetHashCode differs from run to run.</summary>
    private static int Seed(string name) => name.Aggregate(17, (seed, c) => unchecked((seed * 31) + c)) & 0xFFFFFF;
}
