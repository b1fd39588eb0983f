namespace LatentConformance.Lessons.Reading;

/// <summary>HTML as it is found: nothing need be closed, nothing need be nested. One pass, no tree.</summary>
internal sealed partial class HtmlReader(Origin origin, List<Block> blocks)
{
    private readonly string text = origin.Text;
    private readonly FlatBuilder written = new();
    private readonly FlatBuilder resolved = new();
    private readonly Lookahead lookahead = new(origin.Text.Length);
    private readonly List<OpenTable> tables = [];
    private readonly HashSet<string> neverClosed = [];
    private int scripts;
    private int literal;
    private int formulaEnd = -1;
    private string language = "";
    private string hidden = "";
    private int hiddenDepth;

    /// <summary>A stretch of the text, with everything that is still open at its end closed.</summary>
    public void Read(int from, int to)
    {
        neverClosed.Clear();
        for (var i = from; i < to;)
        {
            i = text[i] switch
            {
                '<' => Markup(i, to),
                '&' when hiddenDepth == 0 && Entities.TryRead(text.AsSpan(0, to), i, out var character, out var end) => Entity(character, i, end),
                _ => Run(i, to),
            };
        }

        hiddenDepth = 0;
        while (tables.Count > 0)
        {
            EndTable(to);
        }

        Break(to);
    }

    private int Run(int at, int to)
    {
        var found = text.AsSpan((at + 1)..to).IndexOfAny('<', '&');
        var end = found < 0 ? to : at + 1 + found;
        if (hiddenDepth > 0)
        {
            return end;
        }

        if (literal == 0)
        {
            written.Add(origin, at, end);
            return end;
        }

        for (var i = at; i < end; i++)
        {
            written.AddLiteral(text[i], origin.At(i));
        }

        return end;
    }

    private int Entity(int character, int at, int end)
    {
        Entities.Write(character, written, literal > 0 ? ~origin.At(at) : origin.At(at));
        return end;
    }

    private int Markup(int at, int to)
    {
        var until = text.AsSpan(0, to);
        if (until[at..].StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = Comment.End(until, at);
            if (end >= 0 && Comment.IsNote(until, at, end, out var noteFrom, out var noteTo))
            {
                written.AddNote(text[noteFrom..noteTo], origin.At(noteFrom));
            }

            return end < 0 ? to : end;
        }

        if (at + 1 < to && text[at + 1] is '!' or '?' && !neverClosed.Contains("!"))
        {
            if (until[at..].IndexOf('>') is > 0 and var declaration)
            {
                return at + declaration + 1;
            }

            neverClosed.Add("!");
        }

        if (!HtmlTag.TryRead(until, at, lookahead, braces: false, out var tag))
        {
            return Run(at, to);
        }

        if (hiddenDepth > 0)
        {
            return Hidden(tag, at);
        }

        return tag.Closes ? Closing(tag, at) : Opening(tag, at, to);
    }

    /// <summary>What is drawn a second time for the eye ends with its own element, or where a block shows that it was never closed.</summary>
    private int Hidden(HtmlTag tag, int at)
    {
        if (tag.Name.Equals(hidden, StringComparison.OrdinalIgnoreCase))
        {
            hiddenDepth += tag.Closes ? -1 : tag.ClosesItself ? 0 : 1;
        }
        else if (tag.Element == Element.Block)
        {
            hiddenDepth = 0;
            return at;
        }

        return tag.End;
    }

    private int Closing(HtmlTag tag, int at)
    {
        switch (tag.Element)
        {
            case Element.Block:
                Break(at);
                break;
            case Element.Raised or Element.Lowered:
                EndScript(origin.At(at));
                break;
            case Element.Code when literal > 0:
                literal--;
                break;
            case Element.Table when tables.Count > 0:
                EndTable(at);
                break;
            case Element.TableHead when tables.Count > 0:
                EndCell(at);
                tables[^1].EndRow();
                tables[^1].InHead = false;
                break;
            case Element.Row or Element.TableBody when tables.Count > 0:
                EndCell(at);
                tables[^1].EndRow();
                break;
            case Element.Cell:
                EndCell(at);
                break;
        }

        return tag.End;
    }

    private int Opening(HtmlTag tag, int at, int to)
    {
        var offset = origin.At(at);
        switch (tag.Element)
        {
            case Element.Inline:
                return IsDrawnForTheEye(tag) ? Hide(tag, offset) : tag.End;
            case Element.Block:
                Break(at);
                language = Languages.OfClass(tag.Value("class")) is { Length: > 0 } named ? named : language;
                return tag.End;
            case Element.Space:
                written.Add(' ', offset);
                return tag.End;
            case Element.Picture:
                written.AddLiteral(FlatBuilder.Unreadable, offset);
                return tag.End;
            case Element.Struck when !tag.ClosesItself:
                written.Add(' ', offset);
                return Hide(tag, offset);
            case Element.Raised or Element.Lowered:
                written.Add(tag.Element == Element.Raised ? '^' : '_', literal > 0 ? ~offset : offset);
                written.Add('{', offset);
                scripts++;
                return tag.End;
            case Element.Code:
                return Code(tag, at, to);
            case Element.Preformatted:
                return Preformatted(tag, at, to);
            case Element.Table or Element.TableHead or Element.TableBody or Element.Row or Element.Cell:
                TablePart(tag, at);
                return tag.End;
            case Element.Maths:
                return Maths(tag, at, to);
            case Element.Script:
                return Script(tag, at, to);
            case Element.Unread:
                return EndOf(tag, to) is var (_, end) ? end : tag.End;
            case Element.Plain:
                Break(at);
                return tag.End;
            default:
                return tag.End;
        }
    }

    /// <summary>The end of a paragraph; in a cell only a gap.</summary>
    private void Break(int at)
    {
        if (tables.Count > 0 && tables[^1].InCell)
        {
            written.Add(' ', origin.At(Math.Max(at - 1, 0)));
        }
        else if (Take(at) is { } flat)
        {
            blocks.Add(new Prose(flat));
        }
    }

    private Flat? Take(int at)
    {
        var end = origin.At(at);
        while (scripts > 0)
        {
            EndScript(written.LastOffset);
        }

        (literal, formulaEnd) = (0, -1);
        if (written.IsEmpty)
        {
            return null;
        }

        if (!written.Text.ContainsAny('$', '\\', ':'))
        {
            return written.TakeProse(end);
        }

        Formulas.Resolve(written, resolved);
        return resolved.TakeProse(end);
    }

    private void EndScript(int offset)
    {
        if (scripts == 0)
        {
            return;
        }

        scripts--;
        if (written.Text.EndsWith("^{") || written.Text.EndsWith("_{"))
        {
            written.CutTo(written.Length - 2);
        }
        else
        {
            written.Add('}', offset);
        }
    }

    /// <summary>Code in a sentence is taken literally; with lines of its own it is a listing.</summary>
    private int Code(HtmlTag tag, int at, int to)
    {
        if (tag.Value("class").Length > 0 && Languages.OfClass(tag.Value("class")) is { Length: > 0 } && EndOf(tag, to) is var (close, _)
            && text.AsSpan(tag.End..close).Trim().Contains('\n'))
        {
            return Preformatted(tag, at, to);
        }

        literal += tag.ClosesItself ? 0 : 1;
        return tag.End;
    }

    private int Preformatted(HtmlTag tag, int at, int to)
    {
        if (EndOf(tag, to) is not var (close, end))
        {
            Break(at);
            return tag.End;
        }

        var classes = tag.Value("class");
        Break(at);
        if (!HtmlListing.IsLineNumbers(classes))
        {
            var own = Languages.OfClass(classes);
            var block = new HtmlListing(origin, lookahead).Read(at, tag.End, close, own.Length > 0 ? own : language);
            if (block is not null)
            {
                blocks.Add(block);
            }
        }

        language = "";
        return end;
    }

    private int Maths(HtmlTag tag, int at, int to)
    {
        if (EndOf(tag, to) is not var (close, end))
        {
            return tag.End;
        }

        var inside = text.AsSpan(tag.End..close);
        var annotation = inside.IndexOf("application/x-tex", StringComparison.OrdinalIgnoreCase);
        var from = annotation < 0 ? -1 : inside[annotation..].IndexOf('>');
        if (from < 0)
        {
            written.AddLiteral(FlatBuilder.Unreadable, origin.At(at));
            formulaEnd = written.Length;
            return end;
        }

        from += tag.End + annotation + 1;
        var length = text.AsSpan(from..close).IndexOf('<');
        Tex(from, length < 0 ? close : from + length);
        return end;
    }

    private int Script(HtmlTag tag, int at, int to)
    {
        var (close, end) = EndOf(tag, to) ?? (to, to);
        if (tag.Value("type").StartsWith("math/tex", StringComparison.OrdinalIgnoreCase))
        {
            Tex(tag.End, close);
        }

        return end;
    }

    /// <summary>TeX that stands in an element of its own; as many characters of it as were seen, one by one, so that entities resolve.</summary>
    private void Tex(int from, int to)
    {
        var inside = new FlatBuilder();
        for (var i = from; i < to;)
        {
            if (text[i] == '&' && Entities.TryRead(text.AsSpan(0, to), i, out var character, out var end))
            {
                Entities.Write(character, inside, origin.At(i));
                i = end;
            }
            else
            {
                inside.Add(text[i], origin.At(i));
                i++;
            }
        }

        if (inside.Length == 0)
        {
            return;
        }

        written.AddLiteral(' ', origin.At(from));
        Formulas.Copy(inside.Text, inside.Map, 0, inside.Length, written);
        written.AddLiteral(' ', origin.At(to - 1));
        formulaEnd = written.Length;
    }

    /// <summary>What KaTeX and MathJax draw a second time, hidden from readers that listen.</summary>
    private static bool IsDrawnForTheEye(HtmlTag tag) => !tag.ClosesItself && (tag.Name.Equals("span", StringComparison.OrdinalIgnoreCase)
        ? tag.Attributes.Length > 5 && (tag.Value("class").Contains("katex-html", StringComparison.Ordinal) || tag.Value("class").StartsWith("MathJax", StringComparison.Ordinal)
            || tag.Value("aria-hidden").SequenceEqual("true"))
        : tag.Name.Equals("a", StringComparison.OrdinalIgnoreCase) && tag.Value("aria-hidden").SequenceEqual("true"));

    private int Hide(HtmlTag tag, int offset)
    {
        if (tag.Value("class").Contains("katex-html", StringComparison.Ordinal) && formulaEnd != written.Length)
        {
            written.AddLiteral(FlatBuilder.Unreadable, offset);
        }

        (hidden, hiddenDepth) = (tag.Name.ToString(), 1);
        return tag.End;
    }

    /// <summary>Where the closing tag of an element that is read as a whole begins and ends; null where it never comes.</summary>
    private (int Close, int End)? EndOf(HtmlTag tag, int to)
    {
        var name = tag.Name.ToString();
        if (tag.ClosesItself || neverClosed.Contains(name))
        {
            return null;
        }

        var found = text.AsSpan(tag.End..to).IndexOf("</" + name, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
        {
            neverClosed.Add(name);
            return null;
        }

        var close = tag.End + found;
        var angle = text.AsSpan(close..to).IndexOf('>');
        return (close, angle < 0 ? to : close + angle + 1);
    }
}
