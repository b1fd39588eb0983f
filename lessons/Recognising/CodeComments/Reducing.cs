namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Sums, means and the like along axes.</summary>
internal static class Reducing
{
    /// <summary>Null where the name is none of these, or what comes out is not sure.</summary>
    public static Value? Try(string name, Tensor x, Given given)
    {
        if (name is not ("mean" or "sum" or "std" or "var" or "prod" or "amax" or "amin" or "argmax" or "argmin" or "any" or "all" or "logsumexp" or "norm" or "max" or "min" or "median" or "nanmean" or "nansum"))
        {
            return null;
        }

        if (given.IsOpen || given.Named.ContainsKey("out"))
        {
            return Unknown.Bound;
        }

        // The first place of norm is which norm, and a tensor there makes max a comparison of two.
        var axis = given[name == "norm" ? -1 : 0, "dim", "axis"];
        if (name == "norm" && axis is null && given.Count > 1)
        {
            return Unknown.Bound;
        }

        var keepsByPlace = name is "std" or "var" or "norm" ? -1 : 1;
        var keeps = Given.Flag(given[keepsByPlace, "keepdim", "keepdims"], false);
        if (given.Count > (keepsByPlace < 0 ? 1 : 2) || keeps is null || x.Shape is null)
        {
            return Unknown.Bound;
        }

        var shape = axis is null or Words { Text: "None" } ? keeps == true ? null : Shape.Scalar : Reduced(x.Shape, axis, keeps.Value);
        var made = new Tensor(shape) { Library = x.Library, IsIndex = name is "argmax" or "argmin", Deed = new($"{name} over {Said(axis)}", x.Shape) };
        if (name is not ("max" or "min" or "median") || axis is null)
        {
            return shape is null ? Unknown.Bound : made;
        }

        return shape is null ? Unknown.Bound
            : x.Library == Library.NumPy ? made
            : x.Library == Library.Torch || given.Named.ContainsKey("dim") ? new Pair(made, made with { IsIndex = true })
            : Unknown.Bound;
    }

    private static string Said(Value? axis) => axis is Quantity one ? $"axis {one.Dim}" : axis is Several several ? $"axes {string.Join(", ", several.Items.OfType<Quantity>().Select(q => q.Dim))}" : "all axes";

    private static Shape? Reduced(Shape from, Value axis, bool keeps)
    {
        var axes = axis is Several several ? several.Items.Select(Given.Whole).ToArray() : [Given.Whole(axis)];
        var places = axes.Select(a => a is { } known ? from.Axis(known) : -1).ToHashSet();
        return places.Contains(-1) || places.Count != axes.Length ? null
            : keeps ? Shape.Of(from.Dims.Select((d, i) => places.Contains(i) ? Dim.One : d))
            : Shape.Of(from.Dims.Where((_, i) => !places.Contains(i)));
    }
}
