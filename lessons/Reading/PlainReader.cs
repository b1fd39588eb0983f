namespace LatentConformance.Lessons.Reading;

/// <summary>Plain text: a line is a paragraph, unless the text is wrapped by hand; listings and tables are found by their looks.</summary>
internal sealed class PlainReader(Origin origin, List<Block> blocks)
{
    private readonly string text = origin.Text;
    private readonly FlatBuilder written = new();
    private readonly FlatBuilder resolved = new();
    private readonly FlatBuilder listing = new();
    private readonly List<(int From, int To)> lines = [];
    private bool commentsClose = true;
    private int noCodeBefore;

    public void Read()
    {
        for (var at = 0; at < text.Length;)
        {
            var end = origin.LineEnd(at);
            lines.Add((at, end));
            at = origin.AfterLine(end);
        }

        var isWrapped = IsWrapped();
        for (var i = 0; i < lines.Count;)
        {
            i = Next(i, isWrapped);
        }

        EndParagraph();
    }

    private int Next(int i, bool isWrapped)
    {
        var line = Line(i);
        if (line.IsWhiteSpace())
        {
            EndParagraph();
            return i + 1;
        }

        var head = line.Trim() is "python" or "Python" && i + 1 < lines.Count;
        if (CodeEnd(head ? i + 1 : i, head) is > 0 and var codeEnd)
        {
            EndParagraph();
            Code(head ? i + 1 : i, codeEnd);
            return codeEnd;
        }

        if (i + 1 < lines.Count && line.Contains('|') && PipeRow.Columns(Line(i + 1)) > 0)
        {
            EndParagraph();
            return Table(i);
        }

        if (!isWrapped || MarkdownLine.Item(line.TrimStart(), out _) > 0)
        {
            EndParagraph();
        }

        return Prose(i);
    }

    /// <summary>Wrapped by hand: most lines about as long as a terminal is wide, and paragraphs with blank lines between them.</summary>
    private bool IsWrapped()
    {
        int full = 0, written = 0, tooLong = 0, blank = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var length = Line(i).TrimEnd().Length;
            blank += length == 0 ? 1 : 0;
            written += length == 0 ? 0 : 1;
            full += length is >= 50 and <= 100 ? 1 : 0;
            tooLong += length > 120 ? 1 : 0;
        }

        return blank > 0 && full > 2 && full * 2 > written && tooLong * 20 < written;
    }

    private ReadOnlySpan<char> Line(int i) => text.AsSpan(lines[i].From..lines[i].To);

    private int Prose(int i)
    {
        var (from, to) = lines[i];
        if (!written.IsEmpty)
        {
            written.Add('\n', origin.At(from) - 1);
        }

        for (; ; )
        {
            var found = commentsClose ? text.AsSpan(from..to).IndexOf("<!--", StringComparison.Ordinal) : -1;
            if (found < 0)
            {
                written.Add(origin, from, to);
                return i + 1;
            }

            var end = Comment.End(text, from + found);
            commentsClose = end >= 0;
            if (end < 0)
            {
                continue;
            }

            written.Add(origin, from, from + found);
            if (Comment.IsNote(text, from + found, end, out var noteFrom, out var noteTo))
            {
                written.AddNote(text[noteFrom..noteTo], origin.At(noteFrom));
            }

            while (i < lines.Count && lines[i].To < end)
            {
                i++;
            }

            (from, to) = (end, i < lines.Count ? lines[i].To : end);
        }
    }

    private void EndParagraph()
    {
        if (!written.IsEmpty && Take(written) is { } flat)
        {
            blocks.Add(new Prose(flat));
        }
    }

    private Flat? Take(FlatBuilder source)
    {
        var end = source.Length > 0 ? source.Map[^1] : 0;
        Formulas.Resolve(source, resolved);
        return resolved.TakeProse(end);
    }

    /// <summary>Where the listing that begins at a line ends; 0 where it is none. One line is not enough, but under a head.</summary>
    private int CodeEnd(int start, bool hasHead)
    {
        if (start < noCodeBefore)
        {
            return 0;
        }

        int end = 0, strong = 0, count = 0, i;
        var inText = false;
        for (i = start; i < lines.Count; i++)
        {
            var line = Line(i);
            var looks = inText ? CodeLook.Weak : CodeLine.Look(line);
            inText = CodeLine.OpensText(line) && (inText || TextCloses(i)) ? !inText : inText;
            if (looks == CodeLook.None)
            {
                break;
            }

            if (looks != CodeLook.Blank)
            {
                count++;
                strong += looks == CodeLook.Strong ? 1 : 0;
                end = looks == CodeLook.Strong || end == i || hasHead || line[0] is ' ' or '\t' or ')' or ']' or '}' || inText ? i + 1 : end;
            }
        }

        if (strong >= (hasHead ? 1 : 2) || (strong == 1 && count >= 3))
        {
            return end;
        }

        noCodeBefore = i;
        return 0;
    }

    /// <summary>A text in three quotes that goes on for pages was none.</summary>
    private bool TextCloses(int i)
    {
        for (var next = i + 1; next < lines.Count && next < i + 30; next++)
        {
            if (CodeLine.OpensText(Line(next)))
            {
                return true;
            }
        }

        return false;
    }

    private void Code(int from, int to)
    {
        var start = lines[from].From;
        var inside = new Origin(text[start..lines[to - 1].To], [.. Enumerable.Range(start, lines[to - 1].To - start + 1)]);
        if (new MarkdownFence(inside, blocks).All() is { } flat)
        {
            blocks.Add(new Code(flat, "python"));
        }
    }

    private int Table(int i)
    {
        var head = Row(i);
        List<IReadOnlyList<Flat>> rows = [];
        for (i += 2; i < lines.Count && Line(i).Contains('|'); i++)
        {
            rows.Add(Row(i));
        }

        blocks.Add(new Table(head, rows));
        return i;
    }

    private Flat[] Row(int i)
    {
        listing.Clear();
        listing.Add(origin, lines[i].From, lines[i].To);
        var cells = PipeRow.Split(listing.Text);
        var row = new Flat[cells.Count];
        for (var k = 0; k < row.Length; k++)
        {
            PipeRow.Copy(listing.Text, listing.Map, cells[k], written);
            row[k] = Take(written) ?? new("", [lines[i].From + cells[k].From]);
        }

        return row;
    }
}
