namespace LatentConformance.Lessons.Reading;

/// <summary>A row of a table that is drawn with pipes, outer ones or none; \| is a pipe in a cell.</summary>
internal static class PipeRow
{
    /// <summary>The cells of a line, trimmed.</summary>
    public static List<(int From, int To)> Split(ReadOnlySpan<char> line)
    {
        List<(int, int)> cells = [];
        var (from, to) = Trim(line, 0, line.Length);
        from += from < to && line[from] == '|' ? 1 : 0;
        for (var i = from; i < to; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '|')
            {
                cells.Add(Trim(line, from, i));
                from = i + 1;
            }
        }

        if (from < to)
        {
            cells.Add(Trim(line, from, to));
        }

        return cells;
    }

    /// <summary>Whether a line is the |---|:-:| below a head, and for how many columns; 0 where it is not.</summary>
    public static int Columns(ReadOnlySpan<char> line)
    {
        if (!line.Contains('|') || line.ContainsAnyExcept("|-: \t") || !line.Contains('-'))
        {
            return 0;
        }

        var cells = Split(line);
        foreach (var (from, to) in cells)
        {
            if (line[from..to].Trim(':') is not { Length: > 0 } dashes || dashes.ContainsAnyExcept('-'))
            {
                return 0;
            }
        }

        return cells.Count;
    }

    /// <summary>The characters of one cell.</summary>
    public static void Copy(ReadOnlySpan<char> line, ReadOnlySpan<int> map, (int From, int To) cell, FlatBuilder written)
    {
        for (var i = cell.From; i < cell.To; i++)
        {
            var escaped = line[i] == '\\' && i + 1 < cell.To && line[i + 1] == '|';
            written.Add(escaped ? '|' : line[i], map[i]);
            i += escaped ? 1 : 0;
        }
    }

    private static (int From, int To) Trim(ReadOnlySpan<char> line, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(line[from]))
        {
            from++;
        }

        while (from < to && char.IsWhiteSpace(line[to - 1]))
        {
            to--;
        }

        return (from, to);
    }
}
