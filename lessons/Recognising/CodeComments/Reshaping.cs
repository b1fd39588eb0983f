namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>The same numbers on other axes.</summary>
internal static class Reshaping
{
    /// <summary>A tensor whose shape is null where it cannot be told; null where the name is none of these.</summary>
    public static Tensor? Try(string name, Tensor x, Given given)
    {
        if (name is not ("flatten" or "ravel" or "view" or "reshape" or "permute" or "transpose" or "swapaxes" or "t" or "unsqueeze" or "expand_dims" or "squeeze" or "expand" or "broadcast_to"
            or "repeat" or "repeat_interleave" or "reshape_as" or "view_as" or "expand_as" or "movedim" or "unflatten"))
        {
            return null;
        }

        var shape = x.Shape is null || given.IsOpen ? Blind(name, given) : Done(name, x, x.Shape, given);
        return x with { Shape = shape, Deed = new(Said(name, given), x.Shape) };
    }

    private static string Said(string name, Given given) =>
        $"{name}({string.Join(", ", given.Plain.Select(p => p is Quantity q ? q.Dim.ToString() : p is Several s && s.Items.All(i => i is Quantity) ? string.Join(", ", s.Items.Select(i => ((Quantity)i).Dim)) : "…"))})";

    /// <summary>Of a tensor whose shape is unknown: reshape to sizes that are all given.</summary>
    private static Shape? Blind(string name, Given given)
    {
        if (name is "reshape_as" or "view_as" or "expand_as")
        {
            return given.Plain is [Tensor like] ? like.Shape : null;
        }

        return !given.IsOpen && name is "view" or "reshape" && Given.Sizes(given.Plain, mayBeOneNumber: true) is { } sizes
            ? Shape.Of(sizes.Select(s => s.Is(-1) ? sizes.Count == 1 ? Dim.Unknown : Dim.Unknown : s))
            : null;
    }

    private static Shape? Done(string name, Tensor x, Shape from, Given given)
    {
        switch (name)
        {
            case "flatten" or "ravel":
                return Flatten(from, given[0, "start_dim"], given[1, "end_dim"]);
            case "view" or "reshape":
                return Given.Sizes(given.Count == 0 && given[-1, "shape", "newshape"] is { } named ? [named] : given.Plain) is { } sizes ? Reshape(from, sizes) : null;
            case "reshape_as" or "view_as" or "expand_as":
                return given.Plain is [Tensor like] ? like.Shape : null;
            case "permute":
                return Permute(from, given.Plain is [Several dims] ? dims.Items : given.Plain);
            case "transpose" or "swapaxes":
                return Transpose(x, from, given, name);
            case "t":
                return from.Rank == 2 ? Shape.Of([from[1], from[0]]) : null;
            case "unsqueeze" or "expand_dims":
                return Given.Whole(given[0, "dim", "axis"]) is { } at && from.Axis(at, 1) is >= 0 and var axis ? from.Plus(axis, Dim.One) : null;
            case "squeeze":
                return Squeeze(from, given);
            case "expand" or "broadcast_to":
                return Expand(from, given);
            case "repeat":
                return x.Library == Library.NumPy || (x.Library == Library.Unknown && given.Count < 2) || given.Named.Count > 0 ? null : Repeat(from, given);
            case "repeat_interleave" or "repeat" when Given.Whole(given[1, "dim", "axis"]) is { } along && given.Plain is [Quantity { IsNumber: true } times, ..] && from.Axis(along) is >= 0 and var spread:
                return from.With(spread, from[spread].Times(times.Dim));
            default:
                return null;
        }
    }

    public static Shape? Flatten(Shape from, Value? start, Value? end)
    {
        var first = start is null ? 0 : Given.Whole(start) is { } s ? from.Axis(s) : -1;
        var last = end is null ? from.Rank - 1 : Given.Whole(end) is { } e ? from.Axis(e) : -1;
        if (first < 0 || last < first)
        {
            return null;
        }

        var joined = from.Dims.Skip(first).Take(last - first + 1).Aggregate(Dim.One, (all, dim) => all.Times(dim));
        return Shape.Of([.. from.Dims.Take(first), joined, .. from.Dims.Skip(last + 1)]);
    }

    private static Shape? Reshape(Shape from, IReadOnlyList<Dim> to)
    {
        var open = to.Count(d => d.Is(-1));
        var fixedSize = to.Where(d => !d.Is(-1)).Aggregate(Dim.One, (all, dim) => all.Times(dim));
        if (open > 1 || to.Any(d => d.IsWhole && d.Factor < (d.Is(-1) ? -1 : 1)))
        {
            return null;
        }

        // What cannot run decides nothing.
        if (open == 0)
        {
            return from.Size.Compare(fixedSize) == Likeness.Different ? null : Shape.Of(to);
        }

        var rest = from.Size.Over(fixedSize);
        return !rest.IsKnown && from.Size.IsWhole && fixedSize.IsWhole ? null : Shape.Of(to.Select(d => d.Is(-1) ? rest : d));
    }

    private static Shape? Permute(Shape from, IReadOnlyList<Value> order)
    {
        var axes = order.Select(o => Given.Whole(o) is { } a ? from.Axis(a) : -1).ToArray();
        return axes.Length == from.Rank && axes.All(a => a >= 0) && axes.Distinct().Count() == axes.Length ? Shape.Of(axes.Select(a => from[a])) : null;
    }

    private static Shape? Transpose(Tensor x, Shape from, Given given, string name)
    {
        var places = given.Plain is [Several dims] ? dims.Items : given.Plain;
        if (places.Count == 0 && given.Named.Count == 0)
        {
            return x.Library == Library.NumPy || from.Rank == 2 ? Shape.Of(from.Dims.Reverse()) : null;
        }

        // x.transpose(1, 0) swaps in torch and orders in NumPy; beyond two axes only a swap runs.
        var swaps = given.Plain.Count == 2 && (name == "swapaxes" || x.Library == Library.Torch || from.Rank > 2);
        if (!swaps)
        {
            return x.Library == Library.NumPy || places.Count > 2 || given.Plain is [Several] ? Permute(from, places) : null;
        }

        return Given.Whole(places[0]) is { } a && Given.Whole(places[1]) is { } b && from.Axis(a) is >= 0 and var i && from.Axis(b) is >= 0 and var j
            ? from.With(i, from[j]).With(j, from[i])
            : null;
    }

    private static Shape? Squeeze(Shape from, Given given)
    {
        if (given.Count == 0 && given.Named.Count == 0)
        {
            return from.Dims.All(d => d.IsWhole) ? Shape.Of(from.Dims.Where(d => !d.IsOne)) : null;
        }

        return Given.Whole(given[0, "dim", "axis"]) is { } at && from.Axis(at) is >= 0 and var axis && from[axis].IsWhole
            ? from[axis].IsOne ? from.Without(axis) : from
            : null;
    }

    private static Shape? Expand(Shape from, Given given)
    {
        if (Given.Sizes(given.Plain) is not { } sizes || sizes.Count < from.Rank)
        {
            return null;
        }

        var extra = sizes.Count - from.Rank;
        return Shape.Of(sizes.Select((s, i) => s.Is(-1) ? i < extra ? Dim.Unknown : from[i - extra] : s));
    }

    private static Shape? Repeat(Shape from, Given given)
    {
        if (Given.Sizes(given.Plain) is not { } times || times.Count < from.Rank)
        {
            return null;
        }

        var extra = times.Count - from.Rank;
        return Shape.Of(times.Select((t, i) => i < extra ? t : t.Times(from[i - extra])));
    }
}
