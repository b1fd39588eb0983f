namespace LatentConformance.Conformance.Diagnosing;

/// <summary>Our values in another layout: axes swapped, channels last, reshaped where they had to be moved, an axis more or less.</summary>
internal sealed class Rearranged : IReader
{
    public IEnumerable<Reading> Read(Output output)
    {
        var (samples, axes) = (output.Samples, output.Field.Axes);
        if (!output.IsTelling || !output.HasNamedAxes || samples.Any(s => s.Given.Length != s.Expected.Length))
        {
            yield break;
        }

        foreach (var order in Orders(axes.Count))
        {
            if (samples.All(s => s.IsFrom(Sources(s.ExpectedShape, order))))
            {
                var moved = order.Where((a, place) => a != place).Count();
                yield return new Reading(Text(output, axes, order, moved), moved);
            }
        }
    }

    private static string Text(Output output, IReadOnlyList<string> axes, int[] order, int moved)
    {
        string Layout(IEnumerable<int> places) => $"[{string.Join(", ", places.Select(a => axes[a]))}]";
        var (ours, theirs) = (Layout(Enumerable.Range(0, axes.Count)), Layout(order));
        if (moved == 0)
        {
            var ranks = output.Samples.Select(s => s.GivenShape.Length - axes.Count).Distinct().ToArray();
            return ranks is [> 0] ? "ours in a shape with an axis too many" : ranks is [< 0] ? "ours in a shape with an axis too few" : "ours in another shape";
        }

        if (output.Samples.All(s => s.GivenShape.AsSpan().SequenceEqual([.. order.Select(a => s.ExpectedShape[a])])))
        {
            var first = Array.FindIndex(order, a => a != Array.IndexOf(order, a));
            return axes.Count == 2 ? "ours transposed"
                : moved == 2 ? $"ours with the axes {axes[first]} and {axes[order[first]]} swapped"
                : $"ours laid out as {theirs} and not as {ours}";
        }

        return output.HasItsShape
            ? $"ours in the order of {theirs}, reshaped to {ours} where the axes have to be moved"
            : $"ours in the order of {theirs}, flattened";
    }

    /// <summary>For each place of an array whose axes come in this order, the place of its value in ours.</summary>
    private static int[] Sources(int[] shape, int[] order)
    {
        var strides = new int[shape.Length];
        for (var (axis, stride) = (shape.Length - 1, 1); axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return order.Aggregate((IEnumerable<int>)[0], (places, axis) => places.SelectMany(p => Enumerable.Range(0, shape[axis]).Select(i => p + (i * strides[axis])))).ToArray();
    }

    private static IEnumerable<int[]> Orders(int rank) => rank == 0
        ? [[]]
        : Orders(rank - 1).SelectMany(o => Enumerable.Range(0, rank).Select(place => (int[])[.. o[..place], rank - 1, .. o[place..]]));
}
