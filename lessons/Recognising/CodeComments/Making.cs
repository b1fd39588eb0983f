namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Functions that make a tensor of given sizes.</summary>
internal static class Making
{
    public static Tensor? Make(string path, Given given)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (root, name) = (path[..dot], path[(dot + 1)..]);
        var library = root == "np" ? Library.NumPy : Library.Torch;
        if (name.EndsWith("_like", StringComparison.Ordinal))
        {
            return given.Plain is [Tensor like, ..] ? new(like.Shape) { Library = library, IsFree = name == "randn_like", Range = name == "rand_like" ? Unit : null } : null;
        }

        var shape = Sizes(root, name, given);
        return shape is null && name is not ("rand" or "random.rand" or "random.random" or "random.uniform" or "randn" or "random.randn") ? null : new(shape)
        {
            Library = library,
            IsIndex = name is "randint" or "random.randint" || (name == "arange" && given.Plain.All(p => Given.Whole(p) is not null)),
            IsFree = name is "randn" or "random.randn" or "random.standard_normal",
            Range = Numbers(name, given),
        };
    }

    private static Interval Unit => Interval.Of(0, 1, true, "rand");

    private static Interval? Numbers(string name, Given given) => name switch
    {
        "rand" or "random.rand" or "random.random" => Unit,
        "random.uniform" when given[0, "low"] is Quantity { Formula: { } low } && given[1, "high"] is Quantity { Formula: { } high } => new(low, high, true, "uniform"),
        _ => null,
    };

    private static Shape? Sizes(string root, string name, Given given)
    {
        if (given.IsOpen)
        {
            return null;
        }

        var sizes = given[-1, "size", "shape"];
        switch (name)
        {
            case "randn" or "rand" or "random.randn" or "random.rand":
            case "zeros" or "ones" or "empty" when root == "torch":
                return Shape.Of(Given.Sizes(sizes is null ? given.Plain : [sizes]));
            case "zeros" or "ones" or "empty" or "random.random" or "random.standard_normal":
                return Shape.Of(given[0, "size", "shape"] is { } first ? Given.Sizes([first]) : null);
            case "full":
                return Shape.Of(given[0, "size", "shape"] is { } full ? Given.Sizes([full]) : null);
            case "randint" or "random.randint" or "random.normal" or "random.uniform":
                return Shape.Of(given[2, "size"] is { } third ? Given.Sizes([third]) : null);
            case "arange" when given.Named.Keys.All(k => k is "device" or "dtype" or "requires_grad"):
                return Counted(given);
            case "linspace" when given[2, "steps", "num"] is Quantity count:
                return Shape.Of([count.Dim]);
            case "eye" when given is { Count: 1, Plain: [Quantity side] }:
                return Shape.Of([side.Dim, side.Dim]);
            case "tensor" or "array" or "as_tensor" or "FloatTensor" or "LongTensor" when given.Count > 0:
                return Nested(given.Plain[0], 0);
            default:
                return null;
        }
    }

    private static Shape? Counted(Given given) => given.Plain switch
    {
        [Quantity { Dim.IsWhole: false, Dim.IsKnown: true, IsNumber: true } stop] => Shape.Of([stop.Dim]),
        [Quantity stop] when Given.Whole(stop) is { } s and >= 0 => Shape.Of([Dim.Of(s)]),
        [Quantity start, Quantity stop] when Given.Whole(start) is { } a && Given.Whole(stop) is { } b && b >= a => Shape.Of([Dim.Of(b - a)]),
        [Quantity start, Quantity stop, Quantity step] when Given.Whole(start) is { } a && Given.Whole(stop) is { } b && Given.Whole(step) is { } c && c > 0 && b >= a
            => Shape.Of([Dim.Of((b - a + c - 1) / c)]),
        _ => null,
    };

    /// <summary>A literal [[1, 2], [3, 4]]; null where rows differ or something in it may have axes of its own.</summary>
    private static Shape? Nested(Value value, int depth)
    {
        if (value is Quantity { IsNumber: true })
        {
            return Shape.Scalar;
        }

        if (value is not Several { Items: [_, ..] items } || depth > 8)
        {
            return null;
        }

        var first = Nested(items[0], depth + 1);
        return first is not null && items.Skip(1).All(i => Nested(i, depth + 1) is { } other && other.Same(first)) ? first.Plus(0, Dim.Of(items.Count)) : null;
    }
}
