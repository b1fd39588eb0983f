namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>Several tensors made one.</summary>
internal static class Joining
{
    public static Value? Try(string name, Given given)
    {
        if (name is not ("cat" or "concat" or "concatenate" or "stack" or "matmul" or "bmm" or "mm" or "dot" or "cdist" or "outer" or "where" or "einsum" or "maximum" or "minimum" or "add" or "mul" or "subtract" or "multiply"))
        {
            return null;
        }

        var shape = given.IsOpen ? null : name switch
        {
            "cat" or "concat" or "concatenate" => Cat(given),
            "stack" => Stack(given),
            "matmul" or "bmm" or "mm" => given.Plain is [Tensor a, Tensor b] ? MatMul(a.Shape, b.Shape) : null,
            "dot" => given.Plain is [Tensor { Shape.Rank: <= 2 } a, Tensor { Shape.Rank: <= 2 } b] ? MatMul(a.Shape, b.Shape) : null,
            "cdist" => given.Plain is [Tensor a, Tensor b, ..] ? Distances(a.Shape, b.Shape) : null,
            "outer" => given.Plain is [Tensor { Shape: { Rank: 1 } a }, Tensor { Shape: { Rank: 1 } b }] ? Shape.Of([a[0], b[0]]) : null,
            "where" => given.Count == 3 ? Shape.Broadcast(Of(given.Plain[0]), Shape.Broadcast(Of(given.Plain[1]), Of(given.Plain[2]))) : null,
            "einsum" => Einsum(given),
            _ => given.Count == 2 ? Shape.Broadcast(Of(given.Plain[0]), Of(given.Plain[1])) : null,
        };
        return shape is null ? Unknown.Bound : new Tensor(shape) { Deed = new(name, given.Plain.OfType<Tensor>().FirstOrDefault()?.Shape) };
    }

    public static Shape? Of(Value value) => value switch
    {
        Tensor tensor => tensor.Shape,
        Quantity { IsNumber: true } => Shape.Scalar,
        _ => null,
    };

    public static Shape? MatMul(Shape? a, Shape? b)
    {
        if (a is null or { Rank: 0 } || b is null or { Rank: 0 } || a[a.Rank - 1].Compare(b[Math.Max(0, b.Rank - 2)]) == Likeness.Different)
        {
            return null;
        }

        var batch = Shape.Broadcast(Shape.Of(a.Dims.Take(a.Rank - 2)), Shape.Of(b.Dims.Take(b.Rank - 2)));
        return batch is null ? null
            : Shape.Of([.. batch.Dims, .. a.Dims.Take(a.Rank - 1).TakeLast(1), .. b.Rank > 1 ? [b[b.Rank - 1]] : Array.Empty<Dim>()]);
    }

    private static Shape? Distances(Shape? a, Shape? b)
    {
        if (a is null or { Rank: < 2 } || b is null || b.Rank != a.Rank || a[a.Rank - 1].Compare(b[b.Rank - 1]) == Likeness.Different)
        {
            return null;
        }

        return Shape.Of([.. a.Dims.Take(a.Rank - 1), b[b.Rank - 2]]);
    }

    private static Shape? Cat(Given given)
    {
        if (given.Plain is not [Several { Items: [Tensor { Shape: { Rank: > 0 } first }, ..] items }, ..])
        {
            return null;
        }

        var where = given[1, "dim", "axis"];
        var axis = where is null ? 0 : Given.Whole(where) is { } at ? first.Axis(at) : -1;
        if (axis < 0)
        {
            return null;
        }

        var made = first;
        foreach (var item in items.Skip(1))
        {
            if ((item as Tensor)?.Shape is not { } next || next.Rank != first.Rank)
            {
                return null;
            }

            for (var i = 0; i < first.Rank; i++)
            {
                if (i != axis && made[i].Compare(next[i]) == Likeness.Different)
                {
                    return null;
                }

                made = i != axis ? made.With(i, made[i].IsKnown ? made[i] : next[i]) : made.With(i, Sum(made[i], next[i]));
            }
        }

        return made;
    }

    private static Dim Sum(Dim a, Dim b) =>
        !a.IsKnown || !b.IsKnown || !a.Symbols.SequenceEqual(b.Symbols) ? Dim.Unknown
        : a.Symbols.Aggregate(Dim.Of(a.Factor + b.Factor), (sum, symbol) => sum.Times(Dim.Of(symbol)));

    private static Shape? Stack(Given given)
    {
        if (given.Plain is not [Several { Items: [Tensor { Shape: { } first }, ..] items }, ..])
        {
            return null;
        }

        var where = given[1, "dim", "axis"];
        var axis = where is null ? 0 : Given.Whole(where) is { } at ? first.Axis(at, 1) : -1;
        return axis >= 0 && items.All(i => (i as Tensor)?.Shape is { } shape && shape.Rank == first.Rank) ? first.Plus(axis, Dim.Of(items.Count)) : null;
    }

    /// <summary>"bij,bjk->bik", letters only.</summary>
    private static Shape? Einsum(Given given)
    {
        if (given.Plain is not [Words rule, ..] || rule.Text.Replace(" ", "", StringComparison.Ordinal).Split("->") is not [var left, var right])
        {
            return null;
        }

        var terms = left.Split(',');
        var lengths = new Dictionary<char, Dim>();
        if (terms.Length != given.Count - 1)
        {
            return null;
        }

        for (var t = 0; t < terms.Length; t++)
        {
            if ((given.Plain[t + 1] as Tensor)?.Shape is not { } shape || shape.Rank != terms[t].Length)
            {
                return null;
            }

            for (var i = 0; i < shape.Rank; i++)
            {
                if (!lengths.TryGetValue(terms[t][i], out var known) || !known.IsKnown)
                {
                    lengths[terms[t][i]] = shape[i];
                }
                else if (known.Compare(shape[i]) == Likeness.Different)
                {
                    return null;
                }
            }
        }

        return right.All(lengths.ContainsKey) ? Shape.Of(right.Select(c => lengths[c])) : null;
    }
}
