using LatentConformance.Contract;

namespace LatentConformance.Conformance.Language;

/// <summary>Shapes, and values made or rearranged by shape.</summary>
internal static class ShapeFunctions
{
    public static readonly Function[] All =
    [
        new("shape(x)", "the size of each axis", 1, 1, call => Quantity.Vector([.. call[0].Shape.Select(s => (double)s)])),
        new("size(x)", "how many numbers", 1, 1, call => Quantity.Scalar(call[0].Count)),
        new("zeros(sizes...)", "a value of zeros", 0, 8, call => Full(call.Sizes(0), 0)),
        new("ones(sizes...)", "a value of ones", 0, 8, call => Full(call.Sizes(0), 1)),
        new("full(value, sizes...)", "a value of one number", 1, 8, call => Full(call.Sizes(1), call.Number(0))),
        new("range(n)", "0, 1, ... n-1", 1, 1, call => Quantity.Vector([.. Enumerable.Range(0, call.Sizes(0)[0]).Select(i => (double)i)])),
        new("linspace(low, high, n)", "n numbers from low to high, both ends in", 3, 3, Linspace),
        new("reshape(x, sizes)", "the same numbers in another shape, row-major", 2, 8, Reshape),
        new("permute(x, axes)", "axes in another order", 2, 2, Permute),
        new("concat(x, y, ...)", "one after another along the first axis", 1, 16, Concat),
        new("take(x, indices)", "rows of x by index", 2, 2, Take),
        new("column(x)", "a list as a matrix of one column", 1, 1, call => call[0].Take([call[0].Count, 1], Enumerable.Range(0, call[0].Count))),
        new("matmul(a, b)", "matrix product", 2, 2, MatMul),
        new("outer_sum(a, b)", "a_i + b_j", 2, 2, OuterSum),
    ];

    private static Quantity Full(int[] shape, double value)
    {
        var values = new double[Tensor.CountOf(shape)];
        Array.Fill(values, value);
        return new Quantity(shape, values);
    }

    private static Quantity Linspace(Call call)
    {
        var (low, high, n) = (call.Number(0), call.Number(1), call.Whole(2));
        Quantity.Checked([n], call.Position);
        return Quantity.Vector([.. Enumerable.Range(0, n).Select(i => n == 1 ? low : low + ((high - low) * i / (n - 1)))]);
    }

    private static Quantity Reshape(Call call)
    {
        var shape = call.Sizes(1);
        return Tensor.CountOf(shape) == call[0].Count
            ? new Quantity(shape, call[0].Values, call[0].Slack)
            : throw call.Error($"{call[0].Count} numbers do not fill the shape {Tensor.Show(shape)}");
    }

    private static Quantity Permute(Call call)
    {
        var x = call[0];
        var axes = call[1].Values.Select(call.Whole).ToArray();
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, x.Shape.Length)))
        {
            throw call.Error($"the axes of a value with {x.Shape.Length} are 0 to {x.Shape.Length - 1}, each once");
        }

        int[] shape = [.. axes.Select(a => x.Shape[a])];
        var strides = new int[x.Shape.Length];
        for (int i = strides.Length - 1, stride = 1; i >= 0; stride *= x.Shape[i], i--)
        {
            strides[i] = stride;
        }

        return x.Take(shape, Enumerable.Range(0, x.Count).Select(flat =>
        {
            var place = 0;
            for (var i = shape.Length - 1; i >= 0; flat /= shape[i], i--)
            {
                place += flat % shape[i] * strides[axes[i]];
            }

            return place;
        }));
    }

    private static Quantity Concat(Call call)
    {
        var parts = call.Arguments.Select(a => a.Shape.Length == 0 ? new Quantity([1], a.Values, a.Slack) : a).ToArray();
        if (parts.Any(p => !p.Shape[1..].SequenceEqual(parts[0].Shape[1..])))
        {
            throw call.Error("parts differ in their axes beyond the first");
        }

        int[] shape = [parts.Sum(p => p.Shape[0]), .. parts[0].Shape[1..]];
        Quantity.Checked(shape, call.Position);
        return new Quantity(shape, [.. parts.SelectMany(p => p.Values)], [.. parts.SelectMany(p => p.Slack)]);
    }

    private static Quantity Take(Call call)
    {
        var (x, indices) = (call[0], call[1]);
        if (x.Shape.Length == 0)
        {
            throw call.Error("a single number has no rows");
        }

        var slab = x.Shape[1..].Aggregate(1, (a, b) => a * b);
        int[] shape = [.. indices.Shape, .. x.Shape[1..]];
        Quantity.Checked(shape, call.Position);
        return x.Take(shape, indices.Values.SelectMany(v =>
        {
            var i = call.Whole(v);
            return i >= 0 && i < x.Shape[0]
                ? Enumerable.Range(i * slab, slab)
                : throw call.Error($"index {i} is not in [0, {x.Shape[0]})");
        }));
    }

    private static Quantity MatMul(Call call)
    {
        var (a, b) = (call[0], call[1]);
        if (a.Shape.Length != 2 || b.Shape.Length != 2 || a.Shape[1] != b.Shape[0])
        {
            throw call.Error($"shapes {Tensor.Show(a.Shape)} and {Tensor.Show(b.Shape)} do not multiply");
        }

        var (n, m, inner) = (a.Shape[0], b.Shape[1], a.Shape[1]);
        Quantity.Checked([n, m, inner], call.Position);
        var (values, slack) = (new double[n * m], new double[n * m]);
        for (var i = 0; i < n * m; i++)
        {
            for (var k = 0; k < inner; k++)
            {
                var (pa, pb) = ((i / m * inner) + k, (k * m) + (i % m));
                values[i] += a.Values[pa] * b.Values[pb];
                slack[i] += Math.Abs(a.Values[pa]) * (b.Slack[pb] + (inner * 1.2e-16 * Math.Abs(b.Values[pb]))) + (a.Slack[pa] * Math.Abs(b.Values[pb]));
            }
        }

        return new Quantity([n, m], values, slack);
    }

    private static Quantity OuterSum(Call call) => Quantity.Zip(
        new Quantity([call[0].Count, 1], call[0].Values, call[0].Slack),
        new Quantity([1, call[1].Count], call[1].Values, call[1].Slack),
        (a, b) => a + b,
        (_, sa, _, sb) => sa + sb,
        call.Position);
}
