namespace LatentConformance.Lessons.Reading;

/// <summary>Listings of Markdown: between fences, or indented by four.</summary>
internal sealed class MarkdownFence(Origin origin, List<Block> blocks)
{
    /// <summary>Fences that frame text, not code, and so are read through.</summary>
    private static readonly HashSet<string> Frames =
    [
        "admonition", "note", "warning", "tip", "important", "hint", "seealso", "attention", "caution", "danger", "error", "dropdown", "margin", "sidebar", "exercise",
        "solution", "math", "card", "tab-item", "tab-set", "topic", "figure", "epigraph", "prf:theorem", "prf:definition", "prf:example", "prf:proof",
    ];

    private readonly string text = origin.Text;
    private readonly FlatBuilder written = new();
    private readonly Stack<(char Mark, int Count)> open = new();

    /// <param name="indent">How far the fence is indented: so far its lines are, too.</param>
    /// <param name="quotes">How many quotes it stands in; it ends where they end.</param>
    public int Read(int at, int end, int count, int indent, int quotes)
    {
        var (mark, next) = (text[at], origin.AfterLine(end));
        var info = text.AsSpan((at + count)..end).Trim();
        if (info.IsEmpty && open.TryPeek(out var frame) && frame.Mark == mark && count >= frame.Count)
        {
            open.Pop();
            return next;
        }

        if (info is ['{', ..] && info.IndexOf('}') is > 1 and var close && Frames.Contains(info[1..close].ToString()))
        {
            open.Push((mark, count));
            return next;
        }

        var last = end;
        while (next < text.Length)
        {
            last = origin.LineEnd(next);
            var from = AfterQuotes(next, last, ref quotes, out var left);
            if (left)
            {
                break;
            }

            next = origin.AfterLine(last);
            if (MarkdownLine.ClosesFence(text.AsSpan(from..last), mark, count))
            {
                break;
            }

            Line(AfterIndent(from, last, indent), last);
        }

        var language = Languages.OfFence(info);
        if (language == "claim")
        {
            blocks.Add(new ClaimBlock(written.TakeLines(origin.At(last)) ?? new("", [origin.At(last)]), origin.At(at)));
        }
        else if (written.TakeLines(origin.At(last)) is { } flat)
        {
            blocks.Add(new Code(flat, language));
        }

        return next;
    }

    /// <summary>Lines that are indented at least so far, with the blank ones between them.</summary>
    public int ReadIndented(int start, int indent)
    {
        var (next, blank, end) = (start, 0, start);
        while (next < text.Length)
        {
            end = origin.LineEnd(next);
            if (text.AsSpan(next..end).IsWhiteSpace())
            {
                blank++;
            }
            else
            {
                var from = AfterIndent(next, end, indent, out var reached);
                if (!reached)
                {
                    break;
                }

                for (; blank > 0; blank--)
                {
                    written.Add('\n', origin.At(next) - 1);
                }

                Line(from, end);
            }

            next = origin.AfterLine(end);
        }

        if (written.TakeLines(origin.At(next)) is { } flat)
        {
            blocks.Add(new Code(flat, ""));
        }

        return next;
    }

    /// <summary>The whole text as one listing.</summary>
    public Flat? All()
    {
        for (var at = 0; at < text.Length;)
        {
            var end = origin.LineEnd(at);
            Line(at, end);
            at = origin.AfterLine(end);
        }

        return written.TakeLines(origin.At(text.Length));
    }

    private void Line(int from, int to)
    {
        for (var at = from; ;)
        {
            var found = text.AsSpan(at..to).IndexOf("<!--", StringComparison.Ordinal);
            var end = found < 0 ? -1 : Comment.End(text.AsSpan(0, to), at + found);
            if (end < 0)
            {
                written.Add(origin, at, to);
                break;
            }

            if (Comment.IsNote(text, at + found, end, out var noteFrom, out var noteTo))
            {
                written.Add(origin, at, at + found);
                written.AddNote(text[noteFrom..noteTo], origin.At(noteFrom));
            }
            else
            {
                written.Add(origin, at, end);
            }

            at = end;
        }

        written.Add('\n', origin.At(to));
    }

    private int AfterQuotes(int from, int to, ref int quotes, out bool left)
    {
        left = false;
        for (var i = 0; i < quotes; i++)
        {
            var at = from;
            while (at < to && text[at] is ' ' or '\t')
            {
                at++;
            }

            if (at == to || text[at] != '>')
            {
                left = true;
                return from;
            }

            from = at + 1 < to && text[at + 1] == ' ' ? at + 2 : at + 1;
        }

        return from;
    }

    private int AfterIndent(int from, int to, int indent) => AfterIndent(from, to, indent, out _);

    private int AfterIndent(int from, int to, int indent, out bool reached)
    {
        var column = 0;
        for (; from < to && column < indent && text[from] is ' ' or '\t'; from++)
        {
            column += text[from] == '\t' ? 4 - (column % 4) : 1;
        }

        reached = column >= indent;
        return from;
    }
}
