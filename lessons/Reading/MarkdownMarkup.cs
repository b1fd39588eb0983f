namespace LatentConformance.Lessons.Reading;

/// <summary>HTML in Markdown that goes over lines, whatever stands in them: tables, listings, scripts, comments, components of MDX.</summary>
internal sealed class MarkdownMarkup(Origin origin, List<Block> blocks, Lookahead lookahead, bool isMdx)
{
    private readonly string text = origin.Text;
    private readonly HashSet<string> neverClosed = [];
    private HtmlReader? reader;

    /// <summary>The first of them that begins in a line, and where it ends; -1 where there is none.</summary>
    public (int At, int End, bool IsComment) Find(int from, int to)
    {
        var line = text.AsSpan(from..to);
        var (ticks, counted) = (0, 0);
        for (var i = line.IndexOf('<'); i >= 0;)
        {
            ticks += line[counted..i].Count('`');
            counted = i;
            if (ticks % 2 == 0)
            {
                var end = End(from + i, to, out var isComment);
                if (end > 0)
                {
                    return (from + i, end, isComment);
                }
            }

            var next = line[(i + 1)..].IndexOf('<');
            i = next < 0 ? -1 : i + 1 + next;
        }

        return (-1, -1, false);
    }

    public void Read(int from, int to)
    {
        if (!isMdx || !char.IsAsciiLetterUpper(text[from + 1]))
        {
            reader ??= new(origin, blocks);
            reader.Read(from, to);
        }
    }

    private int End(int at, int lineEnd, out bool isComment)
    {
        isComment = text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal);
        if (isComment)
        {
            var end = neverClosed.Contains("!--") ? -1 : Comment.End(text, at);
            if (end < 0)
            {
                neverClosed.Add("!--");
            }

            return end > lineEnd ? end : -1;
        }

        if (at + 1 < text.Length && !char.IsAsciiLetter(text[at + 1]) || !HtmlTag.TryRead(text, at, lookahead, isMdx, out var tag) || tag.Closes)
        {
            return -1;
        }

        if (isMdx && char.IsAsciiLetterUpper(text[at + 1]) && tag.End > lineEnd)
        {
            return tag.End;
        }

        if (tag.Element is not (Element.Table or Element.Preformatted or Element.Script or Element.Unread or Element.Maths) || tag.ClosesItself)
        {
            return -1;
        }

        var name = tag.Name.ToString();
        var found = neverClosed.Contains(name) ? -1 : text.AsSpan(tag.End).IndexOf("</" + name, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
        {
            neverClosed.Add(name);
            return -1;
        }

        var angle = text.AsSpan(tag.End + found).IndexOf('>');
        var close = angle < 0 ? text.Length : tag.End + found + angle + 1;
        return tag.Element is Element.Table or Element.Preformatted || close > lineEnd ? close : -1;
    }
}
