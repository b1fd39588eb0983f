namespace LatentConformance.Lessons.Reading;

/// <summary>Comments as HTML has them. They vanish; what one says after "latent:" becomes a note.</summary>
internal static class Comment
{
    private const string Word = "latent:";

    /// <summary>The end of the comment that opens at `at`, after its -->; -1 where it is never closed.</summary>
    public static int End(ReadOnlySpan<char> text, int at)
    {
        var found = text[(at + 2)..].IndexOf("-->", StringComparison.Ordinal);
        return found < 0 ? -1 : at + found + 5;
    }

    /// <summary>Whether it speaks to us, and if so between which two places.</summary>
    public static bool IsNote(ReadOnlySpan<char> text, int at, int end, out int from, out int to)
    {
        (from, to) = (at + 4, Math.Max(at + 4, end - 3));
        Trim(text, ref from, ref to);
        if (!text[from..to].StartsWith(Word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        from += Word.Length;
        Trim(text, ref from, ref to);
        return true;
    }

    private static void Trim(ReadOnlySpan<char> text, ref int from, ref int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (from < to && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }
    }
}
