namespace LatentConformance.Lessons.Reading;

/// <summary>Text to be read and where each of its characters stands in the file: the file itself, or a cell of a notebook.</summary>
internal sealed class Origin(string text, int[]? map = null)
{
    public string Text { get; } = text;

    /// <summary>One more than there are characters, for the end; none where text and file are the same.</summary>
    public int[]? Map { get; } = map;

    public int At(int i) => Map is null ? i : Map[i];

    /// <summary>The end of the line that i is in, before its \n, \r\n or \r.</summary>
    public int LineEnd(int i)
    {
        var found = Text.AsSpan(i).IndexOfAny('\n', '\r');
        return found < 0 ? Text.Length : i + found;
    }

    /// <summary>Where the line after one that ends at i begins.</summary>
    public int AfterLine(int end) =>
        end >= Text.Length ? end : Text[end] == '\r' && end + 1 < Text.Length && Text[end + 1] == '\n' ? end + 2 : end + 1;
}
