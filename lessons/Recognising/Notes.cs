using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising;

/// <summary>Notes that ask for no number.</summary>
internal static class Notes
{
    /// <summary>ignore, and why: what is found in this paragraph, table or listing is accepted.</summary>
    public static bool IsIgnore(Note note) => note.Text == "ignore" || note.Text.StartsWith("ignore ", StringComparison.Ordinal);

    public static bool IsEmpty(Note note) => note.Text.Length == 0;

    public static bool Ignores(Block block) => Texts(block).Any(f => f.Notes.Any(IsIgnore));

    /// <summary>Where nothing stands round it, a note speaks of the piece that follows.</summary>
    public static bool IsNothingElse(Block block) => block is Prose { Text: { Notes.Count: > 0 } flat } && string.IsNullOrWhiteSpace(flat.Text);

    public static IEnumerable<Flat> Texts(Block block) => block switch
    {
        Prose prose => [prose.Text],
        Code code => [code.Text],
        Table table => table.Rows.SelectMany(r => r).Concat(table.Head),
        _ => [],
    };
}
