namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>An expression of Python, as far as shapes and ranges need one.</summary>
internal abstract record Expr
{
    /// <summary>How deep it nests: whoever walks it calls itself.</summary>
    public int Depth { get; init; }

    /// <param name="Whole">Null where it is written with a point or an exponent.</param>
    public sealed record Number(double Value, long? Whole) : Expr;

    public sealed record Text(string Value) : Expr;

    public sealed record Name(string Id) : Expr;

    public sealed record Attribute(Expr Of, string Id) : Expr;

    /// <param name="Open">It passes something starred: how many arguments, and which, is unknown.</param>
    public sealed record Call(Expr Of, IReadOnlyList<Expr> Arguments, IReadOnlyList<KeyValuePair<string, Expr>> Named, bool Open) : Expr;

    public sealed record Index(Expr Of, IReadOnlyList<Expr> Items) : Expr;

    public sealed record Slice(Expr? From, Expr? To, Expr? Step) : Expr;

    public sealed record Unary(string Sign, Expr Of) : Expr;

    public sealed record Binary(string Sign, Expr Left, Expr Right) : Expr;

    public sealed record Sequence(IReadOnlyList<Expr> Items) : Expr;

    /// <summary>Python of which nothing is known: a comprehension, a choice, a starred thing.</summary>
    public sealed record Riddle : Expr;
}
