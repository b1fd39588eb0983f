using LatentConformance.Lessons.Reading;

namespace LatentConformance.Tests.Lessons.Reading;

/// <summary>Blocks in one line each: p for prose, c for code, t for a table, claim for a claim; a note stands as «text» where it is.</summary>
internal static class Blocks
{
    public static string Render(string path, string text) => string.Join(" / ", Page.Read(new(path, text)).Blocks.Select(One));

    public static IEnumerable<Flat> Flats(Block block) => block switch
    {
        Prose prose => [prose.Text],
        Code code => [code.Text],
        ClaimBlock claim => [claim.Text],
        Table table => [.. table.Head, .. table.Rows.SelectMany(r => r)],
        _ => throw new ArgumentException(block.GetType().Name),
    };

    private static string One(Block block) => block switch
    {
        Prose prose => $"p:{Text(prose.Text)}",
        Code code => $"c[{code.Language}]:{Text(code.Text)}",
        ClaimBlock claim => $"claim@{claim.Offset}:{Text(claim.Text)}",
        Table table => $"t:{Row(table.Head)}" + string.Concat(table.Rows.Select(r => $";{Row(r)}")),
        _ => throw new ArgumentException(block.GetType().Name),
    };

    private static string Row(IReadOnlyList<Flat> cells) => string.Join('|', cells.Select(Text));

    private static string Text(Flat flat)
    {
        var text = flat.Text;
        foreach (var note in flat.Notes.Reverse())
        {
            text = text.Insert(note.At, $"«{note.Text}»");
        }

        return text.Replace("\n", "⏎", StringComparison.Ordinal);
    }
}
