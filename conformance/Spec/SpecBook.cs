using LatentConformance.Contract;

namespace LatentConformance.Conformance.Spec;

/// <summary>All pages together: ids are unique, and every source is a document that sources.md names.</summary>
public sealed class SpecBook
{
    private const string SourcesPage = "sources";

    private SpecBook(IReadOnlyList<Claim> claims, IReadOnlyList<string> documents)
    {
        Claims = claims;
        Documents = documents;
    }

    public IReadOnlyList<Claim> Claims { get; }

    public IReadOnlyList<string> Documents { get; }

    /// <param name="pages">File name as the user knows it, and text.</param>
    public static SpecBook Read(IEnumerable<(string File, string Text)> pages, Catalogue catalogue)
    {
        var all = pages.OrderBy(p => p.File, StringComparer.Ordinal).ToArray();
        var documents = all
            .Where(p => ClaimReader.TopicOf(p.File) == SourcesPage)
            .SelectMany(p => p.Text.Split('\n'))
            .Where(l => l.StartsWith("## ", StringComparison.Ordinal))
            .Select(l => l[3..].Trim())
            .ToArray();
        var reader = new ClaimReader(catalogue);
        var claims = all.SelectMany(p => reader.Read(p.Text, p.File)).ToArray();
        RefuseRepeats(claims);
        RefuseUnknownDocuments(claims, documents);
        return new SpecBook(claims, documents);
    }

    private static void RefuseRepeats(Claim[] claims)
    {
        var seen = new Dictionary<string, Position>(StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            foreach (var id in claim.Ids)
            {
                if (!seen.TryAdd(id, claim.Position))
                {
                    throw new SpecError(claim.Position, $"the id '{id}' is taken at {seen[id]}; an id is never used twice");
                }
            }
        }
    }

    private static void RefuseUnknownDocuments(Claim[] claims, string[] documents)
    {
        foreach (var claim in claims)
        {
            if (claim.Places.FirstOrDefault(p => !documents.Contains(p.Document))?.Document is { } unknown)
            {
                throw new SpecError(
                    claim.Position,
                    $"no document '{unknown}' in {SourcesPage}.md; there are {string.Join(", ", documents)}{Nearest.Hint(unknown, documents)}");
            }
        }
    }
}
