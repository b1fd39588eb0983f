namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>x[…].</summary>
internal static class Indexing
{
    /// <summary>Null where an index may be a tensor, a mask or a list.</summary>
    public static Shape? Pick(Shape from, IReadOnlyList<Expr> items, Func<Expr, Value> evaluate)
    {
        var dims = new List<Dim>();
        var axis = 0;
        var takes = items.Count(i => i is not Expr.Name { Id: "..." or "None" } && !IsNewAxis(i));
        if (takes > from.Rank || items.Count(i => i is Expr.Name { Id: "..." }) > 1)
        {
            return null;
        }

        foreach (var item in items)
        {
            if (item is Expr.Name { Id: "None" } || IsNewAxis(item))
            {
                dims.Add(Dim.One);
            }
            else if (item is Expr.Name { Id: "..." })
            {
                dims.AddRange(from.Dims.Skip(axis).Take(from.Rank - takes));
                axis += from.Rank - takes;
            }
            else if (item is Expr.Slice slice)
            {
                dims.Add(Sliced(from[axis++], slice, evaluate));
            }
            else if (evaluate(item) is Quantity { IsNumber: true })
            {
                axis++;
            }
            else
            {
                return null;
            }
        }

        return Shape.Of([.. dims, .. from.Dims.Skip(axis)]);
    }

    /// <summary>table[indices]: for each index a row.</summary>
    public static Shape? Look(Shape table, Shape indices) => table.Rank == 0 ? null : Shape.Of([.. indices.Dims, .. table.Dims.Skip(1)]);

    private static bool IsNewAxis(Expr item) => item is Expr.Attribute { Id: "newaxis", Of: Expr.Name { Id: "np" or "jnp" or "tf" } };

    private static Dim Sliced(Dim length, Expr.Slice slice, Func<Expr, Value> evaluate)
    {
        if (slice is { From: null, To: null, Step: null })
        {
            return length;
        }

        var from = slice.From is null ? 0 : Given.Whole(evaluate(slice.From));
        var to = slice.To is null ? null : Given.Whole(evaluate(slice.To));
        var step = slice.Step is null ? 1 : Given.Whole(evaluate(slice.Step));
        if (slice is { From: null, To: null } && step == -1)
        {
            return length;
        }

        if (!length.IsWhole || from is not { } first || step is not ({ } every and > 0) || (slice.To is not null && to is null))
        {
            return Dim.Unknown;
        }

        var all = length.Factor;
        var start = Math.Clamp(first < 0 ? first + all : first, 0, all);
        var end = to is { } last ? Math.Clamp(last < 0 ? last + all : last, 0, all) : all;
        return end <= start ? Dim.Unknown : Dim.Of((end - start + every - 1) / every);
    }
}
