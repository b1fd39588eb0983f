namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Functions of torch.nn.functional that are no function of one number.</summary>
internal static class Functional
{
    public static Tensor? Try(string name, Tensor x, Given given)
    {
        if (x.Shape is not { } from || given.IsOpen)
        {
            return null;
        }

        var axes = name.EndsWith("1d", StringComparison.Ordinal) ? 1 : name.EndsWith("2d", StringComparison.Ordinal) ? 2 : 0;
        var (shape, what) = name switch
        {
            "one_hot" => (given[0, "num_classes"] is Quantity classes && !classes.Dim.Is(-1) ? from.Plus(from.Rank, classes.Dim) : null, "one_hot"),
            "interpolate" => given[1, "scale_factor"] is { } by && given[0, "size"] is null or Words { Text: "None" } ? (Layers.Scaled(from, by), "interpolate")
                : (given[0, "size"] is Several { Items.Count: var many } size && from.Rank > 2 && Given.PerAxis(size, many, 0) is { } to && to.Length == from.Rank - 2 ? Layers.Set(from, to) : null, "interpolate"),
            "max_pool1d" or "max_pool2d" or "avg_pool1d" or "avg_pool2d" => Layers.PoolWindows(given, axes, name[0] == 'm') is { } windows && from.Rank > axes
                ? (windows.Slide(from, false), $"{name} with {windows}")
                : (null, name),
            "adaptive_avg_pool1d" or "adaptive_avg_pool2d" or "adaptive_max_pool2d" when Given.PerAxis(given[0, "output_size"], axes, 0) is { } sizes && sizes.All(s => s > 0) => (Layers.Set(from, sizes), name),
            _ => (null, name),
        };
        return shape is null ? null : new Tensor(shape) { Library = Library.Torch, Deed = new(what, from) };
    }
}
