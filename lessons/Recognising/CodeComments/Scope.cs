namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>What the names of a function, or of the listing itself, stand for at a line.</summary>
/// <param name="own">What self.name stands for; shared by the methods of a class.</param>
/// <param name="versions">How many values names were given in this listing: one number for all its scopes.</param>
internal sealed class Scope(Dictionary<string, Value> own, int[] versions)
{
    private readonly Dictionary<string, Value> names = new(StringComparer.Ordinal);

    public Dictionary<string, Value> Own { get; } = own;

    /// <summary>The scope of a function: of what is outside it sees the layers and the functions.</summary>
    public Scope Inner(Dictionary<string, Value> own)
    {
        var inner = new Scope(own, versions);
        foreach (var (name, value) in names)
        {
            if (value is Module)
            {
                inner.names[name] = value;
            }
        }

        return inner;
    }

    public bool Knows(string name) => names.ContainsKey(name);

    /// <summary>A name never given a value stands for itself; what it holds is left open.</summary>
    public Value this[string name] => names.TryGetValue(name, out var value) ? value : Quantity.Named(name, isFree: true);

    public void Set(string name, Value value) => names[name] = Kept(name, value);

    public Value Kept(string name, Value value) => value switch
    {
        Unknown => Quantity.Named(Fresh(name), value.IsFree),

        // A length that cannot be followed, d // heads, is called what the author calls it.
        Quantity { Dim.IsKnown: false } number => number with { Dim = Dim.Of(Fresh(name)) },
        _ => value,
    };

    public void Forget(string name) => Set(name, Unknown.Bound);

    /// <summary>Something was changed in place: who shares its memory is not followed.</summary>
    public void ForgetNumbers()
    {
        foreach (var (name, value) in names.ToList())
        {
            if (value is Tensor { Range: not null } or { IsFree: true })
            {
                names[name] = value is Tensor tensor ? tensor with { Range = null, IsFree = false } : value with { IsFree = false };
            }
        }
    }

    public void ForgetShapes()
    {
        foreach (var (name, value) in names.ToList())
        {
            if (value is Tensor)
            {
                names[name] = new Tensor((Shape?)null);
            }
        }
    }

    public Value? Saved(string name) => names.GetValueOrDefault(name);

    public void Restore(string name, Value? value)
    {
        names.Remove(name);
        if (value is not null)
        {
            names[name] = value;
        }
    }

    private string Fresh(string name) => $"{name}#{++versions[0]}";
}
