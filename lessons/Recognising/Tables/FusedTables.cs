using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>
/// A table that lost its cells on the way into plain text: a line "Dim jμjσj²KLjInterpretation" and below it "12.50.14.0Mean far…".
/// A row is read when its numbers can be parted in one way only, or in one way that is right.
/// </summary>
internal static class FusedTables
{
    private static readonly string[] Heads = ["log σj²", "log σ²", "logσ²", "σj²", "σ²", "σj", "σ", "μj", "μ", "KLj", "KL", "β"];

    public static IEnumerable<(IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<Flat>> Rows)> In(IReadOnlyList<Block> blocks)
    {
        for (var i = 0; i + 2 < blocks.Count; i++)
        {
            if (blocks[i] is not Prose { Text: var head } || HeadsOf(head.Text) is not { Count: >= 3 } heads)
            {
                continue;
            }

            var rows = new List<IReadOnlyList<Flat>>();
            for (var row = i + 1; row < blocks.Count && blocks[row] is Prose { Text: var flat } && Rows(flat, heads, rows.Count) is { } read; row++)
            {
                rows.Add(read);
            }

            if (rows.Count >= 2)
            {
                yield return (heads, rows);
            }
        }
    }

    /// <summary>Names of columns with nothing between them.</summary>
    private static List<string> HeadsOf(string text)
    {
        if (text.Length > 80)
        {
            return [];
        }

        for (var start = 0; start < text.Length; start++)
        {
            var heads = new List<string>();
            var at = start;
            while (Array.Find(Heads, h => string.CompareOrdinal(text, at, h, 0, h.Length) == 0) is { } head)
            {
                heads.Add(head);
                at += head.Length;
            }

            if (heads.Count >= 3)
            {
                return heads;
            }
        }

        return [];
    }

    private static List<Flat>? Rows(Flat flat, List<string> heads, int index)
    {
        var first = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var ways = new List<int[]>();
        if (flat.Text.StartsWith(first, StringComparison.Ordinal))
        {
            Part(flat.Text, first.Length, heads.Count, [first.Length], ways);
        }

        var rows = ways.Select(w => Enumerable.Range(0, heads.Count).Select(c => flat.Slice(w[c], w[c + 1] - w[c])).ToList()).ToArray();
        return rows.Length == 1 ? rows[0] : Array.Find(rows, r => TableChecks.HoldsByARule(heads, r));
    }

    /// <summary>Every way to read so many decimals off the text: each has digits, a point and one decimal or two.</summary>
    private static void Part(string text, int at, int left, int[] cuts, List<int[]> ways)
    {
        if (left == 0)
        {
            // What follows is words: digits would belong to the last number.
            if (at >= text.Length || (!char.IsAsciiDigit(text[at]) && text[at] != '.'))
            {
                ways.Add(cuts);
            }

            return;
        }

        var point = at;
        point += point < text.Length && text[point] is '-' or '−' ? 1 : 0;
        var digits = point;
        while (point < text.Length && char.IsAsciiDigit(text[point]) && point - digits < 4)
        {
            point++;
        }

        if (point == digits || point >= text.Length || text[point] != '.' || (text[digits] == '0' && point - digits > 1))
        {
            return;
        }

        for (var end = point + 2; end <= text.Length && end - point <= 5 && char.IsAsciiDigit(text[end - 1]); end++)
        {
            Part(text, end, left - 1, [.. cuts, end], ways);
        }
    }
}
