namespace LatentConformance.Conformance.Language;

/// <summary>An expression of the claim language. Total by construction: no loop, no recursion, no function of the user's.</summary>
public abstract record Expression(Position Position);

/// <summary>A printed number: the interval of half a unit in its last place on either side.</summary>
public sealed record Literal(Position Position, double Value, double HalfUnit) : Expression(Position);

public sealed record Name(Position Position, string Text) : Expression(Position);

public sealed record Negation(Position Position, Expression Operand) : Expression(Position);

public sealed record Arithmetic(Position Position, char Operator, Expression Left, Expression Right) : Expression(Position);

public sealed record ListOf(Position Position, IReadOnlyList<Expression> Items) : Expression(Position);

/// <summary>A call of the library: arguments by place.</summary>
public sealed record LibraryCall(Position Position, string Function, IReadOnlyList<Expression> Arguments) : Expression(Position);

/// <summary>A call of an operation: arguments by wire name, answered by the implementation under test.</summary>
public sealed record OperationCall(Position Position, string Operation, IReadOnlyList<(string Name, Expression Value)> Arguments) : Expression(Position);

/// <summary>One output of an operation that has several.</summary>
public sealed record Member(Position Position, Expression Record, string Field) : Expression(Position);

/// <summary>An element, row or slab by its index along the first axis.</summary>
public sealed record Element(Position Position, Expression Sequence, Expression Index) : Expression(Position);

/// <summary>a..b, whole numbers, both ends in.</summary>
public sealed record Range(Position Position, Expression First, Expression Last) : Expression(Position);

/// <summary>One entry of a for: a name that runs through a domain, or (<paramref name="Runs"/> false) a name for a value.</summary>
public sealed record Binding(Position Position, string Name, Expression Value, bool Runs);

/// <summary>A statement that holds or does not: quantified, then two sides and how they are compared.</summary>
public sealed record Check(Position Position, string Text, IReadOnlyList<Binding> Bindings, Expression Left, Relation Relation, Expression Right, Expression? Tolerance)
{
    /// <summary>The names of the operations it calls.</summary>
    public IReadOnlySet<string> Operations { get; init; } = new SortedSet<string>(StringComparer.Ordinal);
}

public enum Relation
{
    /// <summary>= at the printed precision, or within the error of two computed sides.</summary>
    Equal,

    /// <summary>== to the last bit.</summary>
    Identical,

    /// <summary>!= : apart by more than the printed precision and the error.</summary>
    Different,

    Less,

    AtMost,

    More,

    AtLeast,

    /// <summary>in [low, high].</summary>
    InInterval,

    /// <summary>in {a, b, c}.</summary>
    InSet,
}
