using System.Collections.Frozen;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>torch.nn: what its layers do to a shape.</summary>
internal static class Layers
{
    private static readonly FrozenSet<string> SameShape = FrozenSet.ToFrozenSet(
    [
        "BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "GroupNorm", "LayerNorm", "InstanceNorm2d", "RMSNorm", "Dropout", "Dropout2d", "ReLU", "ReLU6", "LeakyReLU", "GELU", "SiLU", "ELU", "SELU", "PReLU",
        "Tanh", "Sigmoid", "Softmax", "LogSoftmax", "Softplus", "Identity", "Mish", "Hardtanh", "LazyBatchNorm1d", "LazyBatchNorm2d",
    ]);

    /// <summary>Null where it is not one of those that are known, or its arguments are not.</summary>
    public static Module? Make(string name, Given given)
    {
        if (given.IsOpen)
        {
            return null;
        }

        if (SameShape.Contains(name))
        {
            return new("keeps the shape", shape => shape, name is "Tanh" or "Sigmoid" or "Softmax" or "ReLU" ? name.ToLowerInvariant() : name.Contains("Norm", StringComparison.Ordinal) ? "free" : "other");
        }

        var axes = name.Length > 2 && name[^1] == 'd' && name[^2] is >= '1' and <= '3' ? name[^2] - '0' : 0;
        return name switch
        {
            "Linear" => Linear(given[0, "in_features"], given[1, "out_features"]),
            "LazyLinear" => Linear(new Quantity(Dim.Unknown, null, true), given[0, "out_features"]),
            "Embedding" => given[0, "num_embeddings"] is Quantity rows && given[1, "embedding_dim"] is Quantity width
                ? new($"has vectors of {width.Dim}", shape => shape.Plus(shape.Rank, width.Dim), "free") { Weight = Shape.Of([rows.Dim, width.Dim]), Embeds = width.Dim }
                : null,
            "Flatten" => new("flattens", shape => Reshaping.Flatten(shape, given[0, "start_dim"] ?? Quantity.Whole(1), given[1, "end_dim"]), ""),
            "Sequential" => Sequential(given.Plain),
            "Upsample" when given[-1, "scale_factor"] is { } by && given.Count == 0 && !given.Named.ContainsKey("size") => new("upsamples", shape => Scaled(shape, by), "other"),
            "PixelShuffle" when Given.Whole(given[0, "upscale_factor"]) is { } by and > 0 and < 1000 => new($"shuffles {by} by {by}", shape => Shuffled(shape, by), ""),
            _ when name.StartsWith("AdaptiveAvgPool", StringComparison.Ordinal) || name.StartsWith("AdaptiveMaxPool", StringComparison.Ordinal) =>
                Given.PerAxis(given[0, "output_size"], axes, 0) is { } sizes && sizes.All(s => s > 0) ? new("pools adaptively", shape => Set(shape, sizes), "other") : null,
            _ when name.StartsWith("MaxPool", StringComparison.Ordinal) || name.StartsWith("AvgPool", StringComparison.Ordinal) => Pool(given, axes, name[0] == 'M'),
            _ when axes > 0 && (name.StartsWith("Conv", StringComparison.Ordinal) || name.StartsWith("LazyConv", StringComparison.Ordinal)) => Conv(name, given, axes),
            _ => null,
        };
    }

    public static Windows? PoolWindows(Given given, int axes, bool isMax)
    {
        if (axes == 0 || given.IsOpen || given.Named.Keys.Any(k => k is not ("kernel_size" or "stride" or "padding" or "dilation" or "count_include_pad")) || given.Count > (isMax ? 4 : 3) || given[0, "kernel_size"] is not { } size)
        {
            return null;
        }

        var kernel = Given.PerAxis(size, axes, 0);
        var stride = given[1, "stride"] is { } step and not Words { Text: "None" } ? Given.PerAxis(step, axes, 1) : kernel;
        return Windows.Of(kernel, stride, Given.PerAxis(given[2, "padding"], axes, 0), Given.PerAxis(isMax ? given[3, "dilation"] : null, axes, 1), new long[axes]);
    }

    /// <summary>All axes behind the channels times a whole number.</summary>
    public static Shape? Scaled(Shape from, Value by)
    {
        var each = from.Rank > 2 ? Given.PerAxis(by, from.Rank - 2, 1) : null;
        return each is null || each.Any(e => e < 1) ? null : Shape.Of(from.Dims.Select((d, i) => i < 2 ? d : d.Times(Dim.Of(each[i - 2]))));
    }

    /// <summary>The last axes set to sizes.</summary>
    public static Shape? Set(Shape from, long[] sizes) =>
        from.Rank > sizes.Length ? Shape.Of([.. from.Dims.Take(from.Rank - sizes.Length), .. sizes.Select(Dim.Of)]) : null;

    private static Module? Linear(Value? width, Value? height)
    {
        if (width is not Quantity from || height is not Quantity to)
        {
            return null;
        }

        return new($"has {to.Dim} outputs", shape => shape.Rank == 0 || shape[shape.Rank - 1].Compare(from.Dim) == Likeness.Different ? null : shape.With(shape.Rank - 1, to.Dim), "free")
        {
            Weight = Shape.Of([to.Dim, from.Dim]),
        };
    }

    private static Module? Conv(string name, Given given, int axes)
    {
        var isLazy = name.StartsWith("Lazy", StringComparison.Ordinal);
        var isTransposed = name.Contains("ConvTranspose", StringComparison.Ordinal);
        if (!(isTransposed ? name.EndsWith($"ConvTranspose{axes}d", StringComparison.Ordinal) : name.EndsWith($"Conv{axes}d", StringComparison.Ordinal)))
        {
            return null;
        }

        var shift = isLazy ? 1 : 0;
        var from = isLazy ? new Quantity(Dim.Unknown, null, true) : given[0, "in_channels"] as Quantity;
        if (from is null || given[1 - shift, "out_channels"] is not Quantity to || given[2 - shift, "kernel_size"] is not { } size)
        {
            return null;
        }

        var kernel = Given.PerAxis(size, axes, 0);
        var stride = Given.PerAxis(given[3 - shift, "stride"], axes, 1);
        var dilation = Given.PerAxis(given[(isTransposed ? 8 : 5) - shift, "dilation"], axes, 1);
        var padded = given[4 - shift, "padding"];
        var isSame = padded is Words { Text: "same" };
        var padding = Given.PerAxis(isSame || padded is Words { Text: "valid" } ? null : padded, axes, 0);
        var windows = Windows.Of(kernel, stride, padding, dilation, Given.PerAxis(isTransposed ? given[5 - shift, "output_padding"] : null, axes, 0));
        if (isSame)
        {
            return new("pads to the same size", shape => Channels(shape, axes, from.Dim, to.Dim), "free");
        }

        // What the arguments leave open leaves open the axes behind the channels, not how many there are.
        return new(
            windows is null ? $"has {to.Dim} outputs" : $"has {windows}",
            shape => Channels(shape, axes, from.Dim, to.Dim) is not { } made ? null
                : windows is null ? Shape.Of(made.Dims.Select((d, i) => i < made.Rank - axes ? d : Dim.Unknown))
                : windows.Slide(made, isTransposed),
            "free");
    }

    private static Shape? Channels(Shape shape, int axes, Dim from, Dim to)
    {
        var axis = shape.Rank - axes - 1;
        return axis is not (0 or 1) || shape[axis].Compare(from) == Likeness.Different ? null : shape.With(axis, to);
    }

    private static Module? Pool(Given given, int axes, bool isMax) =>
        PoolWindows(given, axes, isMax) is { } windows ? new($"has {windows}", shape => shape.Rank > axes ? windows.Slide(shape, false) : null, "other") : null;

    private static Module? Sequential(IReadOnlyList<Value> parts)
    {
        if (parts.Count == 0 || parts.Any(p => p is not Module))
        {
            return null;
        }

        var layers = parts.Cast<Module>().ToList();

        // What a layer does to numbers that were let through unchanged is not followed further back than the last one that does something.
        var last = layers.FindLastIndex(l => l.Numbers != "");
        var numbers = last < 0 ? "" : last > 0 && layers[last].Numbers is "tanh" or "sigmoid" ? layers[last - 1].Numbers == "free" ? $"free {layers[last].Numbers}" : layers[last].Numbers : layers[last].Numbers;
        return new(
            "is a sequence of layers",
            shape => layers.Aggregate((Shape?)shape, (at, layer) => at is null ? null : layer.Map(at)),
            numbers);
    }

    private static Shape? Shuffled(Shape from, long by) =>
        from.Rank < 3 || from[from.Rank - 3].Over(Dim.Of(by * by)) is not { IsKnown: true } channels
            ? null
            : from.With(from.Rank - 3, channels).With(from.Rank - 2, from[from.Rank - 2].Times(Dim.Of(by))).With(from.Rank - 1, from[from.Rank - 1].Times(Dim.Of(by)));
}
