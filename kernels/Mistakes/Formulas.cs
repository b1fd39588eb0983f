using LatentConformance.Contract;

namespace LatentConformance.Mistakes;

/// <summary>The shapes that formulas come in, so that a mistake need only say its term.</summary>
internal static class Formulas
{
    /// <summary>One output.</summary>
    public static Formula Gives(string output, Func<Grids, Grid> value) => inputs => new Dictionary<string, Grid> { [output] = value(inputs) };

    /// <summary>A value a sample: Σ over the sample of a term in the elements of two inputs.</summary>
    public static Formula Sums(string output, string first, string second, Func<Traced, Traced, Traced> term) =>
        PerSample(output, first, second, (a, b, sample) => Traced.Sum(a.Columns, j => term(a[sample, j], b[sample, j])));

    /// <summary>A value a sample, from two inputs and the sample's number.</summary>
    public static Formula PerSample(string output, string first, string second, Func<Grid, Grid, int, Traced> value) =>
        Gives(output, inputs => inputs[first].PerRow(b => value(inputs[first], inputs[second], b)));

    /// <summary>An output of the shape of <paramref name="like"/>, by the place of its elements.</summary>
    public static Formula Elements(string output, string like, Func<Grids, int, Traced> element) =>
        Gives(output, inputs => inputs[like].Like(i => element(inputs, i)));

    /// <summary>The batch leaks: every sample is given the mean over all of them.</summary>
    public static Formula BatchMean(Formula right) => Changed(right, g =>
    {
        var mean = Traced.Sum(g.Count, i => g[i]) / g.Count;
        return g.Like(_ => mean);
    });

    public static Formula Times(Formula right, Func<Grids, Traced> factor) => inputs =>
        right(inputs).ToDictionary(o => o.Key, o => o.Value.Like(i => factor(inputs) * o.Value[i]));

    public static Formula Changed(Formula right, Func<Grid, Grid> change) => inputs =>
        right(inputs).ToDictionary(o => o.Key, o => change(o.Value));

    /// <summary>Summed over the batch instead of over the sample: one value a column.</summary>
    public static Formula SumsOverTheBatch(string output, string first, string second, Func<Traced, Traced, Traced> term) =>
        Gives(output, inputs => Grid.Each(
            [inputs[first].Columns],
            j => Traced.Sum(inputs[first].Rows, b => term(inputs[first][b, j], inputs[second][b, j]))));

    /// <summary>The value of an element after everything on the way was rounded to <paramref name="dtype"/>.</summary>
    public static Func<double, double> RoundedTo(DType dtype) => Precision.Of(dtype).Round;
}
