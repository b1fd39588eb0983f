namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>What is known of the value of an expression.</summary>
internal abstract record Value
{
    /// <summary>Nothing in the listing holds its numbers back: it may be any number there is.</summary>
    public bool IsFree { get; init; }
}

internal sealed record Unknown : Value
{
    public static readonly Unknown Bound = new();
    public static readonly Unknown Open = new() { IsFree = true };
}

/// <summary>A number, or a name of which nothing is known: it may be a number as well as a tensor.</summary>
internal sealed record Quantity(Dim Dim, Formula? Formula, bool IsNumber) : Value
{
    public static Quantity Whole(long whole) => new(Dim.Of(whole), Formula.Of(whole), true);

    public static Quantity Of(Dim dim) => new(dim, dim.IsWhole ? Formula.Of(dim.Factor) : dim is { Factor: 1, Symbols: [var only] } ? Formula.Of(only) : null, true);

    public static Quantity Named(string symbol, bool isFree, bool isNumber = false) => new(Dim.Of(symbol), Formula.Of(symbol), isNumber) { IsFree = isFree };
}

internal enum Library : byte
{
    Unknown,
    Torch,
    NumPy,
}

/// <summary>A tensor.</summary>
/// <param name="Shape">Null where it is unknown.</param>
internal sealed record Tensor(Shape? Shape) : Value
{
    public Interval? Range { get; init; }

    public Library Library { get; init; }

    /// <summary>It holds whole numbers, and may so be an index.</summary>
    public bool IsIndex { get; init; }

    public Deed? Deed { get; init; }
}

/// <summary>What gave a tensor its shape.</summary>
/// <param name="From">The shape it was done to.</param>
internal sealed record Deed(string What, Shape? From);

internal sealed record Several(IReadOnlyList<Value> Items) : Value;

internal sealed record Words(string Text) : Value;

/// <summary>What torch's x.max(dim=1) gives.</summary>
internal sealed record Pair(Tensor Values, Tensor Indices) : Value;

/// <summary>A layer: what it does to a shape, and to the numbers.</summary>
/// <param name="What">As in "has kernel 4, stride 2, padding 1".</param>
/// <param name="Numbers">The function it is on each number, "tanh"; "" for none, "free" where its outcome may be any number.</param>
internal sealed record Module(string What, Func<Shape, Shape?> Map, string Numbers) : Value
{
    public Shape? Weight { get; init; }

    /// <summary>It takes indices and gives vectors.</summary>
    public Dim? Embeds { get; init; }
}
