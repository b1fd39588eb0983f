using LatentConformance.Conformance.Language;

namespace LatentConformance.Conformance.Spec;

/// <summary>What became of a statement when it was checked.</summary>
public enum ClaimVerdict
{
    Holds,

    /// <summary>The printed value fails and the corrected one holds; both are checked.</summary>
    Erratum,

    /// <summary>True under a condition that the check states, and shown to break without it.</summary>
    Conditional,

    /// <summary>Two places disagree; both are evaluated.</summary>
    Inconsistent,

    /// <summary>No program can decide it without facts from outside.</summary>
    Undecidable,

    /// <summary>Waits for something that the reason names.</summary>
    Pending,
}

/// <summary>One line of a claim that is run: a check that holds, or (<paramref name="Refuted"/>) one that must fail.</summary>
public sealed record Statement(Check Check, bool Refuted);

/// <summary>A document, and the part of it in which a statement stands; null for all of it.</summary>
public sealed record Place(string Document, string? Part)
{
    public static IReadOnlyList<Place> Of(string source) => [.. source.Split(';').Select(s => s.Split(',', 2, StringSplitOptions.TrimEntries)).Select(s => new Place(s[0], s.Length > 1 ? s[1] : null))];
}

/// <summary>A statement of a document, where it stands, what it says in our words, and how it is checked.</summary>
public sealed record Claim(
    string Id,
    IReadOnlyList<string> Also,
    string Topic,
    string Source,
    string Says,
    ClaimVerdict Verdict,
    IReadOnlyList<Binding> Lets,
    IReadOnlyList<Statement> Statements,
    IReadOnlySet<string> Operations,
    string? Correction,
    string? Reason,
    Position Position)
{
    public IReadOnlyList<Place> Places { get; } = Place.Of(Source);

    /// <summary>Its own id and those of the statements that it settles too.</summary>
    public IEnumerable<string> Ids => Also.Prepend(Id);
}
