namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>The arguments of a call.</summary>
/// <param name="IsOpen">Something starred is among them.</param>
internal sealed record Given(IReadOnlyList<Value> Plain, IReadOnlyDictionary<string, Value> Named, bool IsOpen)
{
    public int Count => Plain.Count;

    public Given Rest => this with { Plain = [.. Plain.Skip(1)] };

    /// <summary>By place, or by one of its names; null where it is not given.</summary>
    public Value? this[int place, params ReadOnlySpan<string> names]
    {
        get
        {
            foreach (var name in names)
            {
                if (Named.TryGetValue(name, out var value))
                {
                    return value;
                }
            }

            return place >= 0 && place < Plain.Count ? Plain[place] : null;
        }
    }

    public static long? Whole(Value? value) => value is Quantity { Dim: { IsWhole: true } dim } ? dim.Factor : null;

    public static bool? Flag(Value? value, bool without) => value is null ? without : value is Words { Text: "True" } ? true : value is Words { Text: "False" } ? false : null;

    /// <summary>Sizes as torch.zeros takes them: one by one, or as a tuple. A single name may be either.</summary>
    public static IReadOnlyList<Dim>? Sizes(IReadOnlyList<Value> given, bool mayBeOneNumber = true)
    {
        if (given is [Several several])
        {
            return several.Items is [] or [Several] ? null : Dims(several.Items);
        }

        return given is [Quantity { IsNumber: true }] ? (mayBeOneNumber ? Dims(given) : null)
            : given.Count < 2 ? null : Dims(given);
    }

    /// <summary>A number for each of so many axes: 2 for all of them, or (2, 1).</summary>
    public static long[]? PerAxis(Value? value, int axes, long without)
    {
        if (value is null)
        {
            return [.. Enumerable.Repeat(without, axes)];
        }

        if (value is Several several)
        {
            var each = several.Items.Select(Whole).ToArray();
            return each.Length == axes && each.All(w => w is not null) ? [.. each.Select(w => w!.Value)] : null;
        }

        return Whole(value) is { } one ? [.. Enumerable.Repeat(one, axes)] : null;
    }

    private static Dim[]? Dims(IReadOnlyList<Value> items) =>
        items.Count > Shape.MaxRank || items.Any(i => i is not (Quantity or Unknown)) ? null
        : [.. items.Select(i => i is Quantity number ? number.Dim : Dim.Unknown)];
}
