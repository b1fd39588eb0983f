namespace LatentConformance.Lessons.Reading;

/// <summary>
/// Stars and underscores that are mark-up. One between two spaces or two letters is a product or a name, one without a partner is what
/// it is: taking a factor's sign away would change a formula, leaving a mark in a sentence changes nothing.
/// </summary>
internal sealed class Emphasis
{
    private readonly List<(int At, int Count)> stars = [];
    private readonly List<(int At, int Count)> underscores = [];

    public void Clear()
    {
        stars.Clear();
        underscores.Clear();
    }

    /// <summary>A run of one of the two, already written at `at`.</summary>
    /// <param name="before">The character before it in the source; a space at the beginning.</param>
    public void Run(FlatBuilder written, int at, int count, char before, char after)
    {
        var c = written.Text[at];
        var (mine, other) = c == '*' ? (stars, underscores) : (underscores, stars);
        var opens = !char.IsWhiteSpace(after) && !IsWord(before, c) && !(IsMark(after) && !IsMark(before) && !char.IsWhiteSpace(before));
        var closes = !char.IsWhiteSpace(before) && (!IsWord(after, c) || (c == '*' && count > 1 && char.IsAsciiLetter(after)))
            && !(IsMark(before) && !IsMark(after) && !char.IsWhiteSpace(after) && after < 0x80);
        var left = count;
        while (closes && left > 0 && mine.Count > 0)
        {
            var opener = mine[^1];
            if (char.IsAsciiLetterOrDigit(after) && (opener.Count < 2 || left < 2))
            {
                break;
            }

            var used = opener.Count >= 2 && left >= 2 ? 2 : 1;
            for (var i = 0; i < used; i++)
            {
                written.Remove(opener.At + opener.Count - 1 - i);
                written.Remove(at + count - left + i);
            }

            left -= used;
            mine.RemoveAt(mine.Count - 1);
            if (opener.Count > used)
            {
                mine.Add((opener.At, opener.Count - used));
            }

            while (other.Count > 0 && other[^1].At > opener.At)
            {
                other.RemoveAt(other.Count - 1);
            }
        }

        if (opens && left > 0)
        {
            mine.Add((at + count - left, left));
        }
    }

    /// <summary>Languages without spaces emphasise inside a run of letters; a name or a product is of ASCII letters.</summary>
    private static bool IsWord(char c, char mark) => mark == '*' ? char.IsAsciiLetterOrDigit(c) : char.IsLetterOrDigit(c);

    private static bool IsMark(char c) => char.IsPunctuation(c) || char.IsSymbol(c);
}
