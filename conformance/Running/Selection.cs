using System.Text.RegularExpressions;
using LatentConformance.Conformance.Spec;

namespace LatentConformance.Conformance.Running;

/// <summary>Which cases and claims a run is about; empty means all.</summary>
/// <param name="Filter">A glob over ids, or without * and ? a part of an id.</param>
public sealed record Selection(string? Filter = null, IReadOnlyList<string>? Operations = null, IReadOnlyList<string>? Sources = null)
{
    /// <summary>The engine matches without backtracking, whatever the pattern.</summary>
    private readonly Regex? pattern = Filter is null ? null : new Regex(
        Filter.Contains('*', StringComparison.Ordinal) || Filter.Contains('?', StringComparison.Ordinal)
            ? "^" + Regex.Escape(Filter).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$"
            : Regex.Escape(Filter),
        RegexOptions.NonBacktracking);

    /// <summary>One part of several, so that machines can share a run; null for all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>With a document asked for, only that document's claims are run.</summary>
    public bool Includes(string caseId, string operation) =>
        (Shard?.Holds(operation) ?? true) && Sources is not { Count: > 0 } && Matches(caseId) && (Operations is not { Count: > 0 } || Operations.Contains(operation));

    public bool Includes(Claim claim) =>
        (Shard?.Holds(claim.Id) ?? true)
        && (Matches(claim.Id) || claim.Also.Any(Matches))
        && (Operations is not { Count: > 0 } || claim.Operations.Overlaps(Operations))
        && (Sources is not { Count: > 0 } || claim.Places.Any(p => Sources.Contains(p.Document)));

    private bool Matches(string id) => pattern?.IsMatch(id) ?? true;
}
