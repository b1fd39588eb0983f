namespace LatentConformance.Conformance.Language;

/// <summary>What an expression evaluates to: a number (or many), or the outputs of an operation by name, or both for one output.</summary>
public readonly record struct Value(Quantity? Number, IReadOnlyDictionary<string, Quantity>? Outputs)
{
    public static implicit operator Value(Quantity number) => new(number, null);
}

/// <summary>An operation that a claim calls was not answered; the claim then neither holds nor fails.</summary>
public sealed class Unanswered(UnansweredKind kind, string message) : Exception(message)
{
    public UnansweredKind Kind { get; } = kind;
}

public enum UnansweredKind
{
    Unsupported,
    Declined,
    Refused,
    Broken,
}
