using LatentConformance.Conformance.Language;
using LatentConformance.Contract;

namespace LatentConformance.Conformance.Spec;

/// <summary>Reads the claims of one Markdown page. Whatever the text, the answer is claims or one <see cref="SpecError"/>.</summary>
public sealed class ClaimReader(Catalogue catalogue)
{
    private static readonly string[] Once = ["id", "source", "says", "verdict", "also", "correction", "reason"];
    private static readonly string[] Often = ["let", "check", "refute"];

    public static string TopicOf(string file) => Path.GetFileNameWithoutExtension(file);

    public IReadOnlyList<Claim> Read(string text, string file) =>
        [.. ClaimBlock.Of(text, file).Select(block => One(block.Fence, block.Entries, TopicOf(file)))];

    private Claim One(Position fence, List<Entry> entries, string topic)
    {
        RefuseStrangers(entries);
        string? Text(string key) => entries.Find(e => e.Key == key) is { } e ? Folded(e.Value) : null;
        string Needed(string key) => Text(key) is { Length: > 0 } value ? value : throw new SpecError(fence, $"this claim has no '{key}:'");

        var id = Needed("id");
        var slugs = new[] { id }.Concat(Names(Text("also"))).ToArray();
        if (Array.Find(slugs, s => s.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))) is { } bad)
        {
            throw new SpecError(fence, $"'{bad}' is not an id: letters, digits, '.', '-' and '_' only");
        }

        var (source, says) = (Needed("source"), Needed("says"));
        var operations = new SortedSet<string>(StringComparer.Ordinal);
        var lets = entries.Where(e => e.Key == "let").Select(e => Parser.ParseLet(e.Value, e.Position, catalogue, operations)).ToList();
        var statements = entries
            .Where(e => e.Key is "check" or "refute")
            .Select(e => new Statement(Parser.ParseCheck(e.Value, e.Position, catalogue), e.Key == "refute"))
            .ToList();
        operations.UnionWith(statements.SelectMany(s => s.Check.Operations));
        var verdict = Verdict(entries.Find(e => e.Key == "verdict"));
        RequireWhatTheVerdictNeeds(fence, verdict, statements, Text("correction"), Text("reason"));
        return new Claim(
            id,
            [.. slugs.Skip(1)],
            topic,
            source,
            says,
            verdict,
            lets,
            statements,
            operations,
            Text("correction"),
            Text("reason"),
            fence);
    }

    private static void RefuseStrangers(List<Entry> entries)
    {
        foreach (var entry in entries)
        {
            if (!Once.Contains(entry.Key) && !Often.Contains(entry.Key))
            {
                var hint = Nearest.Hint(entry.Key, Once.Concat(Often));
                throw new SpecError(entry.KeyPosition, $"no key '{entry.Key}' in a claim{hint}");
            }

            if (Once.Contains(entry.Key) && entries.Exists(e => e.Key == entry.Key && e != entry))
            {
                throw new SpecError(entry.KeyPosition, $"'{entry.Key}:' stands twice in one claim");
            }
        }
    }

    private static ClaimVerdict Verdict(Entry? entry)
    {
        if (entry is null)
        {
            return ClaimVerdict.Holds;
        }

        var names = Enum.GetValues<ClaimVerdict>().ToDictionary(WireName);
        return names.TryGetValue(entry.Value.Trim(), out var verdict)
            ? verdict
            : throw new SpecError(entry.Position, $"no verdict '{entry.Value.Trim()}'; it is {string.Join(" | ", names.Keys)}");
    }

    public static string WireName(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.Erratum => "erratum",
        ClaimVerdict.Conditional => "conditional",
        ClaimVerdict.Inconsistent => "inconsistent",
        ClaimVerdict.Undecidable => "undecidable",
        _ => "pending",
    };

    private static void RequireWhatTheVerdictNeeds(
        Position fence, ClaimVerdict verdict, List<Statement> statements, string? correction, string? reason)
    {
        var name = WireName(verdict);
        if (verdict is ClaimVerdict.Undecidable or ClaimVerdict.Pending)
        {
            if (statements.Count > 0 || reason is null)
            {
                throw new SpecError(fence, $"a claim that is {name} has a 'reason:' and no check");
            }

            return;
        }

        if (!statements.Exists(s => !s.Refuted))
        {
            throw new SpecError(fence, $"a claim that is {name} has at least one 'check:'");
        }

        if (verdict is ClaimVerdict.Erratum or ClaimVerdict.Conditional && !statements.Exists(s => s.Refuted || s.Check.Relation is Relation.Different))
        {
            throw new SpecError(fence, $"a claim of verdict {name} also shows what fails, by a 'refute:' or a '!=' check");
        }

        if (verdict is ClaimVerdict.Erratum && correction is null)
        {
            throw new SpecError(fence, "an erratum has a 'correction:', one sentence that its author could paste");
        }
    }

    private static string[] Names(string? text) =>
        text is null ? [] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Folded(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
