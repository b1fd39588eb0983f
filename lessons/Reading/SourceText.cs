namespace LatentConformance.Lessons.Reading;

/// <summary>A file as it was read, and the lines of it.</summary>
public sealed class SourceText(string path, string text)
{
    private int[]? starts;

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>Line and column of an offset, both from 1.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        starts ??= LineStarts();
        var found = Array.BinarySearch(starts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    /// <summary>A line ends with \n, \r\n or \r.</summary>
    private int[] LineStarts()
    {
        List<int> found = [0];
        for (var i = Text.AsSpan().IndexOfAny('\n', '\r'); i >= 0;)
        {
            i += Text[i] == '\r' && i + 1 < Text.Length && Text[i + 1] == '\n' ? 2 : 1;
            found.Add(i);
            var next = Text.AsSpan(i).IndexOfAny('\n', '\r');
            i = next < 0 ? -1 : i + next;
        }

        return [.. found];
    }
}
