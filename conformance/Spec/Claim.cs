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

/// <summary>A statement of a document, where it stands, what it says in our words, and how it is checked.</summary>
public sealed record Claim(
    string Id,
    IReadOnlyList<string> Also,
    string Topic,
    string Source,
    IReadOnlyList<string> Documents,
    string Says,
    ClaimVerdict Verdict,
    IReadOnlyList<Binding> Lets,
    IReadOnlyList<Statement> Statements,
    IReadOnlySet<string> Operations,
    string? Correction,
    string? Reason,
    Position Position);
