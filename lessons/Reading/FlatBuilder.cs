namespace LatentConformance.Lessons.Reading;

/// <summary>
/// Characters with their offsets, on the way to a flat text. An offset written as its complement says that the character is taken
/// literally: a dollar in code opens no formula.
/// </summary>
internal sealed class FlatBuilder
{
    /// <summary>Stands for a formula or a picture that cannot be read, so that what is left and right of it does not meet.</summary>
    public const char Unreadable = '\uFFFC';

    private const int Gone = int.MinValue;
    private char[] text = new char[1024];
    private int[] map = new int[1024];
    private List<Note> notes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Text => text.AsSpan(0, Length);

    public ReadOnlySpan<int> Map => map.AsSpan(0, Length);

    public IReadOnlyList<Note> Notes => notes;

    /// <summary>Where the last character that has not been taken back came from.</summary>
    public int LastOffset
    {
        get
        {
            var last = Length - 1;
            while (last >= 0 && map[last] == Gone)
            {
                last--;
            }

            return last < 0 ? 0 : map[last] < 0 ? ~map[last] : map[last];
        }
    }

    public bool IsEmpty => Length == 0 && notes.Count == 0;

    public char Last => Length == 0 ? '\n' : text[Length - 1];

    public void Add(char c, int offset)
    {
        if (Length == text.Length)
        {
            Grow(1);
        }

        text[Length] = c;
        map[Length++] = offset;
    }

    public void Add(string s, int offset)
    {
        foreach (var c in s)
        {
            Add(c, offset);
        }
    }

    public void AddLiteral(char c, int offset) => Add(c, offset < 0 ? offset : ~offset);

    public void Add(Origin origin, int from, int to)
    {
        var count = to - from;
        if (Length + count > text.Length)
        {
            Grow(count);
        }

        origin.Text.CopyTo(from, text, Length, count);
        if (origin.Map is { } known)
        {
            known.AsSpan(from, count).CopyTo(map.AsSpan(Length));
        }
        else
        {
            var target = map.AsSpan(Length, count);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = from + i;
            }
        }

        Length += count;
    }

    public void Add(ReadOnlySpan<char> characters, ReadOnlySpan<int> offsets)
    {
        if (Length + characters.Length > text.Length)
        {
            Grow(characters.Length);
        }

        characters.CopyTo(text.AsSpan(Length));
        offsets.CopyTo(map.AsSpan(Length));
        Length += characters.Length;
    }

    public void AddNote(string said, int offset) => notes.Add(new(Length, said, offset));

    /// <summary>Takes a character back that has turned out to be mark-up.</summary>
    public void Remove(int at) => map[at] = Gone;

    public void CutTo(int length) => Length = length;

    public void Clear()
    {
        Length = 0;
        notes.Clear();
    }

    /// <summary>What was written, with runs of white space as one space; null where there is nothing, and no note either.</summary>
    public Flat? TakeProse(int end)
    {
        int written = 0, note = 0;
        for (var i = 0; i < Length; i++)
        {
            for (; note < notes.Count && notes[note].At <= i; note++)
            {
                notes[note] = notes[note] with { At = written };
            }

            var (c, offset) = (text[i], map[i]);
            if (offset == Gone || IsInvisible(c))
            {
                continue;
            }

            if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v')
            {
                if (written == 0 || text[written - 1] == ' ')
                {
                    continue;
                }

                c = ' ';
            }

            text[written] = c;
            map[written++] = offset < 0 ? ~offset : offset;
        }

        if (written > 0 && text[written - 1] == ' ')
        {
            written--;
        }

        for (var i = 0; i < notes.Count; i++)
        {
            notes[i] = notes[i] with { At = i >= note ? written : Math.Min(notes[i].At, written) };
        }

        Length = written;
        return Text.Trim(Unreadable).IsWhiteSpace() && notes.Count == 0 ? Drop() : Take(end);
    }

    /// <summary>What was written, as it is; null where there is nothing, and no note either.</summary>
    public Flat? TakeLines(int end)
    {
        foreach (ref var offset in map.AsSpan(0, Length))
        {
            offset = offset < 0 ? ~offset : offset;
        }

        while (Length > 0 && text[Length - 1] == '\n')
        {
            Length--;
        }

        return Length == 0 && notes.Count == 0 ? Drop() : Take(end);
    }

    private Flat Take(int end)
    {
        var offsets = new int[Length + 1];
        map.AsSpan(0, Length).CopyTo(offsets);
        offsets[Length] = Length > 0 ? map[Length - 1] + 1 : end;
        var flat = new Flat(new(text, 0, Length), offsets) { Notes = notes.Count == 0 ? [] : notes };
        notes = notes.Count == 0 ? notes : [];
        Length = 0;
        return flat;
    }

    private Flat? Drop()
    {
        Clear();
        return null;
    }

    /// <summary>Soft hyphens, marks of direction and of places to break: a reader sees none of them.</summary>
    private static bool IsInvisible(char c) =>
        c >= '\u00AD' && c is '\u00AD' or '\u200B' or '\u200C' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF';

    private void Grow(int by)
    {
        var size = Math.Max(text.Length * 2, text.Length + by);
        Array.Resize(ref text, size);
        Array.Resize(ref map, size);
    }
}
