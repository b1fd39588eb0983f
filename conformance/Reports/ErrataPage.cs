using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LatentConformance.Conformance.Language;
using LatentConformance.Conformance.Spec;

namespace LatentConformance.Conformance.Reports;

/// <summary>What is wrong in the documents, a document after the other and from front to back: what fails, what to write, which claim shows it.</summary>
public static partial class ErrataPage
{
    public static string Of(SpecBook book)
    {
        var text = new StringBuilder("""
            # Errata

            What the documents state and a program refutes, in the order in which they state it, and then where two places of them
            disagree. Each line names the claim that shows it: `latent explain kl.t1` evaluates one. Written by `latent claims --errata`.

            """);
        foreach (var document in book.Documents)
        {
            var wrong = Of(book, document, ClaimVerdict.Erratum);
            var disagree = Of(book, document, ClaimVerdict.Inconsistent);
            if (wrong.Length + disagree.Length == 0)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"\n## {document}\n\n");
            foreach (var (part, claim) in wrong)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Head(part, claim)}\n  Fails: {string.Join(", ", Fails(claim).Select(f => $"`{f}`"))}.\n  Right: {claim.Correction}\n");
            }

            if (disagree.Length > 0)
            {
                text.Append("\nTwo places, or two meanings:\n\n");
            }

            foreach (var (part, claim) in disagree)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Head(part, claim)}\n");
            }
        }

        return text.ToString();
    }

    private static string Head(string? part, Claim claim) => $"**{part ?? "throughout"}** ([{claim.Id}]({claim.Topic}.md)): {claim.Says}";

    private static (string? Part, Claim Claim)[] Of(SpecBook book, string document, ClaimVerdict verdict) =>
    [
        .. from claim in book.Claims
           where claim.Verdict == verdict
           from place in claim.Places
           where place.Document == document
           orderby Sortable(place.Part ?? "")
           select (place.Part, claim),
    ];

    private static IEnumerable<string> Fails(Claim claim) =>
        claim.Statements.Where(s => s.Refuted || s.Check.Relation is Relation.Different).Select(s => Spaces().Replace(s.Check.Text.Trim(), " "));

    /// <summary>chapter 4 before chapter 10.</summary>
    private static string Sortable(string part) => Digits().Replace(part, d => d.Value.PadLeft(4, '0'));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
