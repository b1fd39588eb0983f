namespace LatentConformance.Lessons.Reading;

/// <summary>
/// Text as a reader sees it: no mark-up, entities and escapes resolved, a raised 6 written ^{6} and a lowered j written _{j}. Every
/// character knows where in the file it came from; what mark-up made of several characters stands where the first of them stands.
/// </summary>
/// <param name="Map">The offset in the file of each character, and one more for the end.</param>
public sealed record Flat(string Text, int[] Map)
{
    /// <summary>Invisible comments `&lt;!-- latent: … --&gt;` in reading order, by the place in Text where they stand.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Where in the file a character came from; the place after the last one is the end.</summary>
    public int OffsetOf(int at) => Map[Math.Clamp(at, 0, Map.Length - 1)];

    /// <summary>A stretch with the notes that stand in it; one at its very end belongs to what follows, unless nothing does.</summary>
    public Flat Slice(int start, int length)
    {
        var end = start + length;
        return new(Text.Substring(start, length), Map[start..(end + 1)])
        {
            Notes = Notes.Count == 0 ? [] : [.. Notes.Where(n => n.At >= start && (n.At < end || (n.At == end && end == Text.Length)))
                .Select(n => n with { At = n.At - start })],
        };
    }
}

/// <summary>What stands after "latent:" in an invisible comment, trimmed.</summary>
/// <param name="At">The place in the flat text before which it stands.</param>
/// <param name="Offset">Where in the file its text begins.</param>
public sealed record Note(int At, string Text, int Offset);
