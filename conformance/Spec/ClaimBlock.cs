namespace LatentConformance.Conformance.Spec;

/// <summary>One "key: value" of a claim block, with the place of its value; indented lines continue it.</summary>
internal sealed record Entry(string Key, string Value, Position KeyPosition, Position Position);

/// <summary>Finds fenced claim blocks in Markdown and splits them into entries.</summary>
internal static class ClaimBlock
{
    public static IEnumerable<(Position Fence, List<Entry> Entries)> Of(string text, string file)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence(lines[i]) is not { } fence)
            {
                continue;
            }

            var open = i;
            var position = new Position(file, open + 1, 1);
            var isClaim = lines[open][fence.Length..].Trim().Split(' ')[0] == "claim";
            i++;
            while (i < lines.Length && !Closes(lines[i], fence))
            {
                i++;
            }

            if (isClaim)
            {
                yield return i < lines.Length
                    ? (position, Entries(lines[(open + 1)..i], file, open + 2))
                    : throw new SpecError(position, $"this claim block is never closed; expected a line of {fence}");
            }
        }
    }

    private static List<Entry> Entries(string[] lines, string file, int firstLine)
    {
        var entries = new List<Entry>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var position = new Position(file, firstLine + i, 1);
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (char.IsWhiteSpace(line[0]))
            {
                if (entries.Count == 0)
                {
                    throw new SpecError(position, "an indented line continues a key, and there is none above it");
                }

                entries[^1] = entries[^1] with { Value = entries[^1].Value + "\n" + line };
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line[..colon].Any(c => !char.IsAsciiLetterLower(c)))
            {
                throw new SpecError(position, "expected 'key: value' or an indented continuation");
            }

            var start = colon + 1;
            while (start < line.Length && line[start] == ' ')
            {
                start++;
            }

            entries.Add(new Entry(line[..colon], line[start..], position, position with { Column = start + 1 }));
        }

        return entries;
    }

    private static string? Fence(string line)
    {
        var mark = line.Length > 2 ? line[0] : ' ';
        var length = mark is '`' or '~' ? line.TakeWhile(c => c == mark).Count() : 0;
        return length >= 3 ? new string(mark, length) : null;
    }

    private static bool Closes(string line, string fence) =>
        line.StartsWith(fence, StringComparison.Ordinal) && line.Trim().All(c => c == fence[0]);
}
