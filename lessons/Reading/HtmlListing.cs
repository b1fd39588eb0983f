namespace LatentConformance.Lessons.Reading;

/// <summary>A listing of HTML: its lines as they stand, without what a highlighter put around the words.</summary>
internal sealed class HtmlListing(Origin origin, Lookahead lookahead)
{
    private readonly string text = origin.Text;
    private readonly FlatBuilder written = new();

    public static bool IsLineNumbers(ReadOnlySpan<char> classes)
    {
        foreach (var range in classes.Split(' '))
        {
            if (classes[range] is "lineno" or "linenos" or "lnt" or "ln" or "line-number" or "line-numbers-rows" or "linenumber" or "gutter" or "react-syntax-highlighter-line-number")
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="start">Where its tag begins.</param>
    /// <param name="from">Where the tag ends, and the inside begins.</param>
    public Block? Read(int start, int from, int to, string language)
    {
        var inside = text.AsSpan(0, to);
        var i = from < to ? origin.AfterLine(from) : from;
        for (i = i > from && text[from] is '\n' or '\r' ? i : from; i < to;)
        {
            switch (text[i])
            {
                case '<':
                    i = Markup(inside, i, ref language);
                    break;
                case '&' when Entities.TryRead(inside, i, out var character, out var end):
                    Entities.Write(character, written, origin.At(i));
                    i = end;
                    break;
                case '\r':
                    written.Add('\n', origin.At(i));
                    i = origin.AfterLine(i);
                    break;
                default:
                    written.Add(text[i], origin.At(i));
                    i++;
                    break;
            }
        }

        var flat = written.TakeLines(origin.At(to));
        return flat is null ? null : language == "claim" ? new ClaimBlock(flat, origin.At(start)) : new Code(flat, language);
    }

    private int Markup(ReadOnlySpan<char> inside, int at, ref string language)
    {
        if (inside[at..].StartsWith("<!--", StringComparison.Ordinal) && Comment.End(inside, at) is > 0 and var after)
        {
            if (Comment.IsNote(inside, at, after, out var from, out var to))
            {
                written.AddNote(text[from..to], origin.At(from));
            }

            return after;
        }

        if (!HtmlTag.TryRead(inside, at, lookahead, braces: false, out var tag))
        {
            written.Add('<', origin.At(at));
            return at + 1;
        }

        switch (tag.Element)
        {
            case Element.Code when !tag.Closes && Languages.OfClass(tag.Value("class")) is { Length: > 0 } named:
                language = named;
                break;
            case Element.Space when !tag.Closes:
                written.Add('\n', origin.At(at));
                break;
            case Element.Block or Element.Row when written.Last != '\n':
                written.Add('\n', origin.At(at));
                break;
            case Element.Raised or Element.Lowered when tag.Closes:
                written.Add('}', origin.At(at));
                break;
            case Element.Raised or Element.Lowered:
                written.Add(tag.Element == Element.Raised ? "^{" : "_{", origin.At(at));
                break;
            case Element.Inline when !tag.Closes && tag.Attributes.Length > 5 && IsLineNumbers(tag.Value("class")):
                var close = inside[tag.End..].IndexOf("</", StringComparison.Ordinal);
                return close < 0 ? tag.End : tag.End + close;
        }

        return tag.End;
    }
}
