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
        starts ??= [0, .. Enumerable.Range(0, Text.Length).Where(i => Text[i] == '\n').Select(i => i + 1)];
        var found = Array.BinarySearch(starts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - starts[line] + 1);
    }
}
