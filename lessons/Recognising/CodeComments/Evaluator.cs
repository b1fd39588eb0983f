namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>What an expression gives, where the names stand for what a scope says.</summary>
internal sealed class Evaluator(Scope scope)
{
    private static readonly string[] Networks = ["encoder", "decoder", "model", "net", "network", "fc", "conv", "linear", "head", "proj", "generator", "backbone", "mlp"];

    public Value Of(Expr expr) => expr switch
    {
        Expr.Number { Whole: { } whole } => Quantity.Whole(whole),
        Expr.Number number => new Quantity(Dim.Unknown, Formula.Of(number.Value), true),
        Expr.Text text => new Words(text.Value),
        Expr.Name { Id: "True" or "False" or "None" } constant => new Words(constant.Id),
        Expr.Name { Id: "..." } => Unknown.Bound,
        Expr.Name name => scope[name.Id],
        Expr.Sequence sequence => new Several([.. sequence.Items.Select(Of)]),
        Expr.Unary { Sign: "-" } minus => Negative(Of(minus.Of)),
        Expr.Unary other => Of(other.Of) is Tensor tensor ? Elementwise.Plain(tensor) : Unknown.Bound,
        Expr.Binary binary => Arithmetic.Of(binary.Sign, Of(binary.Left), Of(binary.Right)),
        Expr.Attribute attribute => Part(attribute),
        Expr.Index index => Picked(index),
        Expr.Call call => Called(call),
        _ => Unknown.Bound,
    };

    private static Value Negative(Value value) => value switch
    {
        Quantity number => Arithmetic.Of("*", Quantity.Whole(-1), number),
        Tensor tensor => Arithmetic.Of("*", tensor, Quantity.Whole(-1)),
        _ => Unknown.Bound,
    };

    private Value Part(Expr.Attribute attribute)
    {
        if (attribute.Of is Expr.Name { Id: "self" })
        {
            return scope.Own.TryGetValue(attribute.Id, out var own) ? own : Quantity.Named($"self.{attribute.Id}", isFree: false);
        }

        if (attribute is { Id: "pi", Of: Expr.Name { Id: "math" or "np" or "torch" } })
        {
            return new Quantity(Dim.Unknown, Formula.Of(Math.PI), true);
        }

        var of = Of(attribute.Of);
        return (attribute.Id, of) switch
        {
            ("shape", Tensor { Shape: { } shape }) => new Several([.. shape.Dims.Select(Quantity.Of)]),
            ("T" or "mT", Tensor { Shape: { Rank: 2 } shape } x) => x with { Shape = Shape.Of(shape.Dims.Reverse()), Deed = new("the transpose", shape) },
            ("T", Tensor { Library: Library.NumPy, Shape: { } shape } x) => x with { Shape = Shape.Of(shape.Dims.Reverse()), Deed = new("the transpose", shape) },
            ("data", Tensor x) => x with { Range = null },
            ("weight", Module { Weight: { } weight }) => new Tensor(weight) { Library = Library.Torch },
            ("values", Pair pair) => pair.Values,
            ("indices", Pair pair) => pair.Indices,

            // An attribute of something unknown, config.width: one thing, whatever it is.
            (_, Quantity { IsNumber: false }) when Path(attribute) is { } path && !scope.Knows(path.Split('.')[0]) => Quantity.Named(path, isFree: false),
            _ => Unknown.Bound,
        };
    }

    private Value Picked(Expr.Index index)
    {
        var items = index.Items is [Expr.Sequence { Items: [_, _, ..] } inner] ? inner.Items : index.Items;
        var of = Of(index.Of);
        if (index.Of is Expr.Attribute { Id: "shape" } && of is not Several)
        {
            return items is [not Expr.Slice] ? new Quantity(Dim.Unknown, null, true) : Unknown.Bound;
        }

        switch (of)
        {
            case Several several when items is [var place] && Given.Whole(Of(place)) is { } at && at >= -several.Items.Count && at < several.Items.Count:
                return several.Items[(int)(at < 0 ? at + several.Items.Count : at)];
            case Pair pair when items is [Expr.Number { Whole: 0 or 1 } which]:
                return which.Whole == 0 ? pair.Values : pair.Indices;
            case Tensor { Shape: { } table } x when items is [var only] && Of(only) is Tensor { IsIndex: true, Shape: { } indices }:
                return new Tensor(Indexing.Look(table, indices)) { Library = x.Library, Range = x.Range, IsFree = x.IsFree, Deed = new($"a row for each index of {indices}", table) };
            case Tensor { Shape: { } shape } x:
                return Indexing.Pick(shape, items, Of) is { } picked ? x with { Shape = picked, Deed = new("the index", shape) } : Unknown.Bound;
            default:
                return Unknown.Bound;
        }
    }

    private Value Called(Expr.Call call)
    {
        var given = new Given([.. call.Arguments.Select(Of)], Named(call), call.Open);
        if (Path(call.Of) is { } path && LibraryPath(path) is { } known)
        {
            return Known(known, given);
        }

        if (call.Of is Expr.Name name)
        {
            return scope[name.Id] is Module layer ? Applied(name.Id, layer, given) : scope.Knows(name.Id) ? Guess(name.Id) : Builtin(name.Id, given);
        }

        if (call.Of is Expr.Attribute { Of: Expr.Name { Id: "self" }, Id: var own })
        {
            return scope.Own.GetValueOrDefault(own) is Module layer ? Applied(own, layer, given) : Unknown.Open;
        }

        if (call.Of is Expr.Attribute method)
        {
            var of = Of(method.Of);
            return of switch
            {
                Module layer => method.Id is "to" or "cuda" or "cpu" or "eval" or "train" or "double" or "float" or "half" ? layer : method.Id is "forward" ? Applied("it", layer, given) : Unknown.Bound,
                Tensor tensor => Method(method.Id, tensor, given),
                Quantity { IsNumber: false } or Unknown => Method(method.Id, new Tensor((Shape?)null) { IsFree = of.IsFree }, given),
                _ => Unknown.Bound,
            };
        }

        return Of(call.Of) is Module made ? Applied("the layer", made, given) : Unknown.Bound;
    }

    private Dictionary<string, Value> Named(Expr.Call call)
    {
        var named = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Named)
        {
            named[name] = Of(value);
        }

        return named;
    }

    private static Value Builtin(string name, Given given) => (name, given.Plain) switch
    {
        ("len", [Tensor { Shape: { Rank: > 0 } shape }]) => Quantity.Of(shape[0]),
        ("len", [Several several]) => Quantity.Whole(several.Items.Count),
        ("int" or "float", [Quantity number]) => number with { IsNumber = true },
        ("len" or "int" or "float" or "sum" or "abs" or "round", _) => new Quantity(Dim.Unknown, null, true),
        _ => Guess(name),
    };

    /// <summary>What a network puts out is held back by nothing; of other functions that is not known.</summary>
    private static Unknown Guess(string name) => Networks.Any(n => name.Contains(n, StringComparison.OrdinalIgnoreCase)) ? Unknown.Open : Unknown.Bound;

    private static Value Method(string name, Tensor x, Given given)
    {
        if (name == "size")
        {
            return given.Plain switch
            {
                [] when given.Named.Count == 0 && x.Shape is { } all => new Several([.. all.Dims.Select(Quantity.Of)]),
                [var at] when x.Shape is { } shape && Given.Whole(at) is { } axis && shape.Axis(axis) is >= 0 and var place => Quantity.Of(shape[place]),
                [_] => new Quantity(Dim.Unknown, null, true),
                _ => Unknown.Bound,
            };
        }

        if (name is "chunk")
        {
            return Chunks(x, given);
        }

        if (name is "item")
        {
            return new Quantity(Dim.Unknown, null, true);
        }

        if (name is "max" or "min" && given.Plain is [Tensor, ..])
        {
            return Unknown.Bound;
        }

        var made = Reducing.Try(name, x, given)
            ?? Elementwise.Try(name, x, given)
            ?? Reshaping.Try(name, x, given)
            ?? Functional.Try(name, x, given)
            ?? Joining.Try(name, given with { Plain = [x, .. given.Plain] })
            ?? Unknown.Bound;
        return made is Tensor { Shape: null, Range: null } empty ? empty.IsFree ? Unknown.Open : Unknown.Bound : made;
    }

    /// <summary>Only where they come out equal.</summary>
    private static Value Chunks(Tensor x, Given given) =>
        x.Shape is { } shape && Given.Whole(given[0, "chunks"]) is { } count and > 0 and <= 16
        && shape.Axis(given[1, "dim"] is { } dim ? Given.Whole(dim) ?? 99 : 0) is >= 0 and var axis && shape[axis].Over(Dim.Of(count)) is { IsKnown: true } each
            ? new Several([.. Enumerable.Repeat(new Tensor(shape.With(axis, each)) { Library = x.Library, Deed = new($"one of {count} chunks", shape) }, (int)count)])
            : Unknown.Bound;

    private static Value Known(string path, Given given)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (root, name) = (path[..dot], path[(dot + 1)..]);
        if (root == "math")
        {
            return new Quantity(Dim.Unknown, null, true);
        }

        if (root == "nn")
        {
            return name == "Parameter" ? given.Plain.Count > 0 ? given.Plain[0] : Unknown.Bound : Layers.Make(name, given) ?? (Value)Unknown.Bound;
        }

        var library = root == "np" ? Library.NumPy : Library.Torch;
        if (Making.Make(path, given) is { } made)
        {
            return made;
        }

        var last = name[(name.LastIndexOf('.') + 1)..];
        if (name != last && name is not ("linalg.norm" or "special.expit"))
        {
            return Unknown.Bound;
        }

        if (name != "einsum" && Joining.Try(last, given) is { } joined)
        {
            return joined;
        }

        if (name == "einsum")
        {
            return Joining.Try(name, given)!;
        }

        if (given.Plain is not [var first, ..] || first is not (Tensor or Quantity { IsNumber: false } or Unknown))
        {
            return Unknown.Bound;
        }

        var x = first is Tensor tensor ? tensor with { Library = library } : new Tensor((Shape?)null) { IsFree = first.IsFree, Library = library };
        return last is "size" or "item" ? Unknown.Bound : Method(last, x, given.Rest);
    }

    private static Value Applied(string name, Module layer, Given given)
    {
        if (given.Count != 1 || given.IsOpen || given.Plain[0] is not (Tensor or Quantity { IsNumber: false } or Unknown))
        {
            return Unknown.Bound;
        }

        var x = given.Plain[0] as Tensor ?? new Tensor((Shape?)null) { IsFree = given.Plain[0].IsFree };
        var shape = x.Shape is null ? null : layer.Map(x.Shape);
        var made = new Tensor(shape)
        {
            Library = Library.Torch,
            IsFree = layer.Numbers == "free" || (layer.Numbers == "" && x.IsFree),
            Range = layer.Numbers switch
            {
                "" => x.Range,
                "free" or "other" => null,
                "free tanh" or "free sigmoid" => Elementwise.Range(layer.Numbers[5..], new Tensor((Shape?)null) { IsFree = true }, null),
                var function => Elementwise.Range(function, x, null),
            },
            Deed = new($"{name} {layer.What}", x.Shape),
        };
        return made is { Shape: null, Range: null } ? made.IsFree ? Unknown.Open : Unknown.Bound : made;
    }

    /// <summary>a.b.c, where it begins with a name.</summary>
    private static string? Path(Expr expr)
    {
        var parts = new Stack<string>();
        while (expr is Expr.Attribute attribute)
        {
            parts.Push(attribute.Id);
            expr = attribute.Of;
        }

        return expr is Expr.Name name ? string.Join('.', parts.Prepend(name.Id)) : null;
    }

    /// <summary>Under one name what is imported under several; null where the name means something else here.</summary>
    private string? LibraryPath(string path)
    {
        var root = path.Split('.')[0];
        if (scope.Knows(root) || root.Length == path.Length)
        {
            return null;
        }

        var rest = path[root.Length..];
        var known = root switch
        {
            "numpy" or "jnp" or "np" => "np" + rest,
            "torch" when rest.StartsWith(".nn.functional.", StringComparison.Ordinal) => "F" + rest[".nn.functional".Length..],
            "torch" when rest.StartsWith(".nn.", StringComparison.Ordinal) => rest[1..],
            "nn" when rest.StartsWith(".functional.", StringComparison.Ordinal) => "F" + rest[".functional".Length..],
            "torch" or "F" or "nn" or "math" => path,
            _ => null,
        };
        return known is null || known.Contains("..", StringComparison.Ordinal) || known.EndsWith('.') ? null : known;
    }
}
