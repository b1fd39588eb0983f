namespace LatentConformance.Lessons.Reading;

/// <summary>Markdown line by line: what each begins, continues or ends. Lists and quotes are flat, only how far they are indented is kept.</summary>
internal sealed class MarkdownReader
{
    private readonly Origin origin;
    private readonly string text;
    private readonly List<Block> blocks;
    private readonly bool isMdx;
    private readonly FlatBuilder paragraph = new();
    private readonly FlatBuilder row = new();
    private readonly FlatBuilder cell = new();
    private readonly MarkdownFence fence;
    private readonly MarkdownMarkup markup;
    private readonly MarkdownInline inline;
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? defined;
    private int lastLine, lastEnd, listIndent, quotes, environments;
    private bool inItem, dollars, bracket;
    private IReadOnlyList<Flat>? head;
    private List<IReadOnlyList<Flat>> rows = [];

    public MarkdownReader(Origin origin, List<Block> blocks, bool isMdx)
    {
        (this.origin, text, this.blocks, this.isMdx) = (origin, origin.Text, blocks, isMdx);
        var lookahead = new Lookahead(text.Length);
        fence = new(origin, blocks);
        markup = new(origin, blocks, lookahead, isMdx);
        inline = new(blocks, lookahead, IsDefined, isMdx);
    }

    private bool InFormula => dollars || bracket || environments > 0;

    public void Read(int from)
    {
        for (var at = from; at < text.Length;)
        {
            at = Line(at);
        }

        EndTable();
        EndParagraph();
    }

    /// <summary>Where a page begins after its front matter: YAML between two lines ---, TOML between two lines +++.</summary>
    public static int AfterFrontMatter(Origin origin)
    {
        var text = origin.Text.AsSpan();
        var first = text[..origin.LineEnd(0)].TrimEnd();
        if (first is not ("---" or "+++"))
        {
            return 0;
        }

        for (var at = origin.AfterLine(origin.LineEnd(0)); at < text.Length;)
        {
            var end = origin.LineEnd(at);
            var line = text[at..end].TrimEnd();
            at = origin.AfterLine(end);
            if (line.SequenceEqual(first) || (line is "..." && first is "---"))
            {
                return at;
            }
        }

        return 0;
    }

    /// <summary>Reads what begins at a line, and says where the next line begins.</summary>
    private int Line(int start)
    {
        var end = origin.LineEnd(start);
        var next = origin.AfterLine(end);
        var at = Containers(start, end, out var indent);
        if (at == end)
        {
            EndTable();
            EndParagraph();
            return next;
        }

        var line = text.AsSpan(at..end);
        if (MarkdownLine.Fence(line) is > 0 and var count)
        {
            EndTable();
            EndParagraph();
            return fence.Read(at, end, count, indent, quotes);
        }

        if (InFormula)
        {
            Append(at, end);
            return next;
        }

        if (paragraph.Length == 0 && head is null && indent - listIndent >= 4 && text.AsSpan(start..at).IsWhiteSpace())
        {
            return fence.ReadIndented(start, listIndent + 4);
        }

        if (paragraph.Length == 0 && indent < listIndent)
        {
            listIndent = indent;
        }

        return Begins(at, end, next, line) ? next : Running(at, end, next);
    }

    /// <summary>Skips quotes and marks of items; a paragraph ends where one begins.</summary>
    private int Containers(int start, int end, out int indent)
    {
        var (at, depth) = (start, 0);
        for (indent = 0; ;)
        {
            for (; at < end && text[at] is ' ' or '\t'; at++)
            {
                indent += text[at] == '\t' ? 4 - (indent % 4) : 1;
            }

            if (at == end)
            {
                break;
            }

            if (text[at] == '>' && (!InFormula || depth < quotes))
            {
                depth++;
                at += at + 1 < end && text[at + 1] == ' ' ? 2 : 1;
                indent = 0;
                continue;
            }

            var line = text.AsSpan(at..end);
            var isCode = paragraph.Length == 0 && indent - listIndent >= 4 && depth == 0;
            var mark = InFormula || isCode || MarkdownLine.IsRule(line) ? 0 : MarkdownLine.Item(line, out var isFirst) is var length && (isFirst || inItem || paragraph.Length == 0) ? length : 0;
            if (mark == 0 || (head is not null && line.Contains('|')) || (mark == line.Length && paragraph.Length > 0))
            {
                break;
            }

            EndTable();
            EndParagraph();
            inItem = true;
            indent += mark;
            listIndent = indent;
            at = Math.Min(at + mark, end);
        }

        if (depth > quotes)
        {
            EndTable();
            EndParagraph();
        }

        quotes = depth > 0 || paragraph.Length == 0 ? depth : quotes;
        return at;
    }

    /// <summary>Lines that say by themselves what they are.</summary>
    private bool Begins(int at, int end, int next, ReadOnlySpan<char> line)
    {
        if (MarkdownLine.Heading(line) is > 0 and var level)
        {
            EndTable();
            EndParagraph();
            Append(at + level, at + level + MarkdownLine.HeadingText(line[level..]).Length);
            EndParagraph();
            return true;
        }

        if (MarkdownLine.IsRule(line) || line.StartsWith(":::") || (paragraph.Length > 0 && MarkdownLine.IsUnderline(line)))
        {
            EndTable();
            EndParagraph();
            return true;
        }

        if (head is not null)
        {
            if (line.Contains('|'))
            {
                rows.Add(Row(at, end));
                return true;
            }

            EndTable();
        }

        return paragraph.Length > 0 ? BeginsTable(line) : MarkdownLine.Definition(line) > 0 && line[1] != '^'
            || (line.StartsWith("[!") && line.TrimEnd().EndsWith(']') && line.Length < 30)
            || (isMdx && (line.StartsWith("import ") || line.StartsWith("export ")));
    }

    private int Running(int at, int end, int next)
    {
        if (text[at] == '[' && at + 1 < end && text[at + 1] == '^')
        {
            at += MarkdownLine.Definition(text.AsSpan(at..end));
        }

        var found = markup.Find(at, end);
        if (found.At < 0)
        {
            Append(at, end);
            return next;
        }

        Append(at, found.At);
        if (found.IsComment)
        {
            paragraph.Add(origin, found.At, found.End);
            lastEnd = found.End;
        }
        else
        {
            EndParagraph();
            markup.Read(found.At, found.End);
        }

        var rest = origin.LineEnd(found.End);
        return text.AsSpan(found.End..rest).IsWhiteSpace() ? origin.AfterLine(rest) : found.End;
    }

    private void Append(int from, int to)
    {
        if (from == to)
        {
            return;
        }

        if (paragraph.Length > 0)
        {
            paragraph.Add('\n', origin.At(lastEnd));
        }

        (lastLine, lastEnd) = (paragraph.Length, to);
        paragraph.Add(origin, from, to);
        MarkdownLine.CountFormulas(text.AsSpan(from..to), ref dollars, ref bracket, ref environments);
    }

    private void EndParagraph()
    {
        if (paragraph.Length > 0)
        {
            inline.ReadProse(paragraph, origin.At(lastEnd));
        }

        (inItem, dollars, bracket, environments, lastLine) = (false, false, false, 0, 0);
    }

    private bool BeginsTable(ReadOnlySpan<char> line)
    {
        var columns = PipeRow.Columns(line);
        if (columns == 0 || !paragraph.Text[lastLine..].Contains('|') || PipeRow.Split(paragraph.Text[lastLine..]).Count != columns)
        {
            return false;
        }

        row.Add(paragraph.Text[lastLine..], paragraph.Map[lastLine..]);
        paragraph.CutTo(Math.Max(lastLine - 1, 0));
        EndParagraph();
        head = Row();
        return true;
    }

    private Flat[] Row(int from, int to)
    {
        row.Add(origin, from, to);
        return Row();
    }

    private Flat[] Row()
    {
        var cells = PipeRow.Split(row.Text);
        var flats = new Flat[cells.Count];
        for (var i = 0; i < flats.Length; i++)
        {
            PipeRow.Copy(row.Text, row.Map, cells[i], cell);
            flats[i] = inline.ReadCell(cell, cells[i].From < row.Length ? row.Map[cells[i].From] : 0);
        }

        row.Clear();
        return flats;
    }

    private void EndTable()
    {
        if (head is not null)
        {
            blocks.Add(new Table(head, rows));
            (head, rows) = (null, []);
        }
    }

    private bool IsDefined(ReadOnlySpan<char> name)
    {
        defined ??= Definitions().GetAlternateLookup<ReadOnlySpan<char>>();
        return defined.Value.Contains(name);
    }

    private HashSet<string> Definitions()
    {
        HashSet<string> found = new(StringComparer.OrdinalIgnoreCase);
        var rest = 0;
        while (text.AsSpan(rest).IndexOf("]:", StringComparison.Ordinal) is >= 0 and var distance)
        {
            var close = rest + distance;
            var open = text.AsSpan(rest, distance).LastIndexOfAny('[', '\n');
            if (open >= 0 && text[rest + open] == '[' && distance - open < 200)
            {
                found.Add(text[(rest + open + 1)..close]);
            }

            rest = close + 2;
        }

        return found;
    }
}
