namespace LatentConformance.Conformance.Language;

/// <summary>Many numbers to few: over everything, or along one axis.</summary>
internal static class ReductionFunctions
{
    public static readonly Function[] All =
    [
        new("sum(x, axis)", "sum over everything, or along one axis", 1, 2, call => Along(call, Sum)),
        new("mean(x, axis)", "mean over everything, or along one axis", 1, 2, call => Along(call, Mean)),
        new("prod(x)", "product of everything", 1, 1, Product),
        new("max(x, y)", "the largest element, or the larger of each pair", 1, 2, call => Extreme(call, Math.Max)),
        new("min(x, y)", "the smallest element, or the smaller of each pair", 1, 2, call => Extreme(call, Math.Min)),
        new("count_distinct(x)", "how many different numbers there are", 1, 1, call => Quantity.Scalar(call[0].Values.Distinct().Count())),
        new("count_rows(x)", "how many different rows a matrix has", 1, 1, DistinctRows),
        new("median(x)", "the middle number", 1, 1, Median),
    ];

    private static Quantity Along(Call call, Func<double[], double[], (double Value, double Slack)> reduce)
    {
        var x = call[0];
        if (call.Arguments.Count == 1)
        {
            var (value, slack) = reduce(x.Values, x.Slack);
            return Quantity.Scalar(value, slack);
        }

        var axis = call.Whole(1);
        axis = axis < 0 ? axis + x.Shape.Length : axis;
        if (axis < 0 || axis >= x.Shape.Length)
        {
            throw call.Error($"no axis {call.Whole(1)} in a value of {x.Shape.Length} axes");
        }

        var inner = x.Shape[(axis + 1)..].Aggregate(1, (a, b) => a * b);
        var length = x.Shape[axis];
        int[] shape = [.. x.Shape[..axis], .. x.Shape[(axis + 1)..]];
        var results = Enumerable.Range(0, Quantity.Checked(shape, call.Position)).Select(i =>
        {
            var places = Enumerable.Range(0, length).Select(k => (((i / inner * length) + k) * inner) + (i % inner)).ToArray();
            return reduce([.. places.Select(p => x.Values[p])], [.. places.Select(p => x.Slack[p])]);
        }).ToArray();
        return new Quantity(shape, [.. results.Select(r => r.Value)], [.. results.Select(r => r.Slack)]);
    }

    private static (double Value, double Slack) Sum(double[] values, double[] slack)
    {
        var magnitude = values.Sum(Math.Abs);
        var whole = values.All(v => v == Math.Floor(v));
        return (values.Sum(), slack.Sum() + (whole ? 0 : values.Length * 1.2e-16 * magnitude));
    }

    private static (double Value, double Slack) Mean(double[] values, double[] slack)
    {
        var (sum, error) = Sum(values, slack);
        var mean = sum / values.Length;
        return (mean, (error / values.Length) + Quantity.Rounding(mean));
    }

    private static Quantity Product(Call call)
    {
        var (x, product, relative) = (call[0], 1.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            product *= x.Values[i];
            relative += x.Slack[i] / Math.Abs(x.Values[i]);
        }

        return Quantity.Scalar(product, (x.Slack.Any(s => s > 0) ? relative * Math.Abs(product) : 0) + Quantity.Rounding(product));
    }

    private static Quantity Extreme(Call call, Func<double, double, double> pick) =>
        call.Arguments.Count == 2
            ? Quantity.Zip(call[0], call[1], pick, (_, sa, _, sb) => Math.Max(sa, sb), call.Position)
            : call[0].Count == 0
                ? throw call.Error("nothing has no largest or smallest element")
                : Quantity.Scalar(call[0].Values.Aggregate(pick), call[0].Slack.Max());

    private static Quantity DistinctRows(Call call)
    {
        var x = call[0];
        if (x.Shape.Length != 2)
        {
            throw call.Error("rows are counted in a matrix");
        }

        var rows = Enumerable.Range(0, x.Shape[0]).Select(i => string.Join(' ', x.Values[(i * x.Shape[1])..((i + 1) * x.Shape[1])].Select(v => v + 0.0)));
        return Quantity.Scalar(rows.Distinct(StringComparer.Ordinal).Count());
    }

    private static Quantity Median(Call call)
    {
        var sorted = call[0].Values.Order().ToArray();
        var n = sorted.Length;
        return n == 0
            ? throw call.Error("nothing has no median")
            : Quantity.Scalar((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, call[0].Slack.Max());
    }
}
