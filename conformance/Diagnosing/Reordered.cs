namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Our values in another order along one axis: reversed, off by one place, halves swapped.</summary>
internal sealed class Reordered : IReader
{
    private static readonly (string Text, Func<int, int, int> Source, int Complexity)[] Orders =
    [
        ("reversed along {0}", (i, n) => n - 1 - i, 1),
        ("moved on by one place along {0}, the last one first", (i, n) => (i + n - 1) % n, 2),
        ("moved back by one place along {0}, the first one last", (i, n) => (i + 1) % n, 2),
        ("with the halves of {0} swapped", (i, n) => n % 2 == 0 ? (i + (n / 2)) % n : i, 2),
    ];

    public IEnumerable<Reading> Read(Output output)
    {
        var axes = output.Field.Axes;
        if (!output.IsTelling || !output.HasNamedAxes || !output.HasItsShape)
        {
            yield break;
        }

        for (var axis = 0; axis < axes.Count; axis++)
        {
            foreach (var (text, source, complexity) in Orders)
            {
                var along = axis;
                if (output.Samples.All(s => s.IsFrom(Sources(s, along, source))))
                {
                    yield return new Reading($"ours {text.Replace("{0}", axes[axis], StringComparison.Ordinal)}", complexity);
                }
            }
        }
    }

    private static int[] Sources(Sample sample, int axis, Func<int, int, int> source)
    {
        var (n, stride) = (sample.ExpectedShape[axis], sample.ExpectedShape.Skip(axis + 1).Aggregate(1, (a, b) => a * b));
        return [.. Enumerable.Range(0, sample.Given.Length).Select(e => e + ((source(e / stride % n, n) - (e / stride % n)) * stride))];
    }
}
