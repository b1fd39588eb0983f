namespace LatentConformance.Lessons.Reading;

/// <summary>The inside of a paragraph, a heading or a cell of Markdown as a reader sees it.</summary>
/// <param name="isDefined">Whether the page has a definition `[name]: address`; two pairs of brackets are a link only then.</param>
internal sealed class MarkdownInline(List<Block> blocks, Lookahead lookahead, Func<ReadOnlySpan<char>, bool> isDefined, bool braces)
{
    private readonly FlatBuilder written = new();
    private readonly Emphasis emphasis = new();
    private readonly List<(int At, bool Image)> brackets = [];
    private Formulas formulas;
    private ulong neverClosed;
    private int scripts;
    private bool inCell, commentNeverCloses, struckNeverCloses;

    /// <summary>Paragraphs go to the page; a tag like &lt;p&gt; parts them.</summary>
    public void ReadProse(FlatBuilder source, int end)
    {
        inCell = false;
        Read(source);
        Break(end);
    }

    public Flat ReadCell(FlatBuilder source, int end)
    {
        inCell = true;
        Read(source);
        return Take(end) ?? new("", [end]);
    }

    private void Read(FlatBuilder source)
    {
        var text = source.Text;
        var map = source.Map;
        (formulas, neverClosed, commentNeverCloses, struckNeverCloses) = (default, 0, false, false);
        for (var i = 0; i < text.Length;)
        {
            var plain = text[i..].IndexOfAny(Special);
            plain = plain < 0 ? text.Length - i : plain;
            written.Add(text.Slice(i, plain), map.Slice(i, plain));
            i += plain;
            if (i < text.Length)
            {
                i = Mark(text, map, i);
            }
        }

        source.Clear();
    }

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(@"\`*_![]<&$:~");

    private int Mark(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int i)
    {
        var next = i + 1 < text.Length ? text[i + 1] : ' ';
        switch (text[i])
        {
            case '\\' or '$' when formulas.TryFind(text, map, i, out var from, out var to, out var end):
                written.Add(' ', map[i]);
                Formulas.Copy(text, map, from, to, written);
                written.Add(' ', map[end - 1]);
                return end;
            case '\\' when char.IsAscii(next) && (char.IsPunctuation(next) || char.IsSymbol(next)):
                written.Add(Formulas.IsMoney(text, i + 1) ? ' ' : next, map[i]);
                return i + 2;
            case '\\' when next == '\n':
                return i + 1;
            case '$' when Formulas.IsMoney(text, i):
                written.Add(' ', map[i]);
                return i + 1;
            case '`':
                return CodeSpan(text, map, i);
            case '*' or '_':
                return Emphasise(text, map, i);
            case '!' when next == '[':
                brackets.Add((written.Length, true));
                written.Add(text.Slice(i, 2), map.Slice(i, 2));
                return i + 2;
            case '[' when next == '^' && Ahead(text, i, 80).IndexOf(']') is > 2 and var footnote && !text.Slice(i, footnote).ContainsAny(" \n"):
                return i + footnote + 1;
            case '[':
                brackets.Add((written.Length, false));
                break;
            case ']' when brackets.Count > 0:
                return Link(text, map, i);
            case '~' when next == '~' && !struckNeverCloses:
                return Struck(text, map, i);
            case '<':
                return Angle(text, map, i);
            case '&' when Entities.TryRead(text, i, out var character, out var end):
                Entities.Write(character, written, map[i]);
                return end;
            case ':' when Web.TryCut(text, i, written, out var end):
                return end;
        }

        written.Add(text[i], map[i]);
        return i + 1;
    }

    private static ReadOnlySpan<char> Ahead(ReadOnlySpan<char> text, int at, int length) => text.Slice(at, Math.Min(length, text.Length - at));

    private int CodeSpan(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at)
    {
        var count = RunLength(text, at);
        var close = count > 63 || (neverClosed >> count & 1) != 0 ? -1 : CloseOfCode(text, at + count, count);
        if (close < 0)
        {
            neverClosed |= count > 63 ? 0 : 1UL << count;
            written.Add(text.Slice(at, count), map.Slice(at, count));
            return at + count;
        }

        for (var i = at + count; i < close; i++)
        {
            written.AddLiteral(text[i], map[i]);
        }

        return close + count;
    }

    private static int CloseOfCode(ReadOnlySpan<char> text, int from, int count)
    {
        for (var i = from; ;)
        {
            var found = text[i..].IndexOf('`');
            if (found < 0)
            {
                return -1;
            }

            i += found;
            var length = RunLength(text, i);
            if (length == count)
            {
                return i;
            }

            i += length;
        }
    }

    private static int RunLength(ReadOnlySpan<char> text, int at)
    {
        var end = text[at..].IndexOfAnyExcept(text[at]);
        return end < 0 ? text.Length - at : end;
    }

    private int Emphasise(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at)
    {
        var count = RunLength(text, at);
        var (start, end) = (written.Length, at + count);
        written.Add(text.Slice(at, count), map.Slice(at, count));
        emphasis.Run(written, start, count, at > 0 ? text[at - 1] : ' ', end < text.Length ? text[end] : ' ');
        return end;
    }

    /// <summary>What follows a closing bracket, and is dropped: (address "title"), [name], {width=50%}.</summary>
    private int Link(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at)
    {
        var (start, image) = brackets[^1];
        brackets.RemoveAt(brackets.Count - 1);
        var end = -1;
        if (at + 1 < text.Length && text[at + 1] == '(')
        {
            end = LinkTail.End(text, at + 1, lookahead);
        }
        else if (at + 1 < text.Length && text[at + 1] == '[' && Ahead(text, at + 1, 200).IndexOf(']') is >= 0 and var close
            && isDefined(close == 1 ? written.Text[(start + (image ? 2 : 1))..] : text.Slice(at + 2, close - 1)))
        {
            end = at + close + 2;
        }

        if (end < 0)
        {
            written.Add(']', map[at]);
            return at + 1;
        }

        written.Remove(start);
        if (image)
        {
            written.Remove(start + 1);
            if (written.Length == start + 2)
            {
                written.AddLiteral(FlatBuilder.Unreadable, map[at]);
            }
        }

        if (end < text.Length && text[end] == '{' && Ahead(text, end, 300).IndexOfAny('}', '\n') is > 0 and var attributes && text[end + attributes] == '}')
        {
            end += attributes + 1;
        }

        return end;
    }

    /// <summary>What an author has struck out is not what the page says.</summary>
    private int Struck(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at)
    {
        var close = text[(at + 2)..].IndexOf("~~", StringComparison.Ordinal);
        struckNeverCloses = close < 0;
        written.Add(close < 0 ? '~' : ' ', map[at]);
        return close < 0 ? at + 1 : at + close + 4;
    }

    private int Angle(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at)
    {
        var rest = text[at..];
        if (rest.StartsWith("<!--", StringComparison.Ordinal) && !commentNeverCloses)
        {
            var after = Comment.End(text, at);
            if (after < 0)
            {
                commentNeverCloses = true;
                return Angle(text, map, at);
            }

            if (Comment.IsNote(text, at, after, out var from, out var to))
            {
                written.AddNote(text[from..to].ToString(), map[from < map.Length ? from : at]);
            }

            return after;
        }

        if (HtmlTag.TryRead(text, at, lookahead, braces, out var tag))
        {
            Tag(text, map, tag, at, out var end);
            return end;
        }

        if (Ahead(text, at, 2000).IndexOfAny('>', ' ', '\n') is > 2 and var address && rest[address] == '>' && rest[1..address].ContainsAny(':', '@') && char.IsAsciiLetter(rest[1]))
        {
            return at + address + 1;
        }

        written.Add('<', map[at]);
        return at + 1;
    }

    private void Tag(ReadOnlySpan<char> text, ReadOnlySpan<int> map, HtmlTag tag, int at, out int end)
    {
        end = tag.End;
        switch (tag.Element)
        {
            case Element.Block or Element.Table or Element.TableHead or Element.TableBody or Element.Row or Element.Cell or Element.Preformatted when !inCell:
                Break(map[at]);
                break;
            case Element.Block or Element.Space:
                written.Add(' ', map[at]);
                break;
            case Element.Picture:
                written.AddLiteral(FlatBuilder.Unreadable, map[at]);
                break;
            case Element.Raised or Element.Lowered when tag.Closes:
                EndScript(map[at]);
                break;
            case Element.Raised or Element.Lowered when !tag.ClosesItself:
                written.Add(tag.Element == Element.Raised ? "^{" : "_{", map[at]);
                scripts++;
                break;
            case Element.Maths or Element.Script or Element.Unread or Element.Struck when !tag.Closes && !tag.ClosesItself && !lookahead.Spent:
                var close = text[tag.End..].IndexOf($"</{tag.Name}", StringComparison.OrdinalIgnoreCase);
                var angle = close < 0 ? -1 : text[(tag.End + close)..].IndexOf('>');
                if (angle < 0)
                {
                    lookahead.Failed(text.Length - tag.End);
                    break;
                }

                written.AddLiteral(tag.Element == Element.Maths ? FlatBuilder.Unreadable : ' ', map[at]);

                end = tag.End + close + angle + 1;
                break;
        }
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

    private void Break(int end)
    {
        if (Take(end) is { } flat)
        {
            blocks.Add(new Prose(flat));
        }
    }

    private Flat? Take(int end)
    {
        while (scripts > 0)
        {
            EndScript(written.LastOffset);
        }

        emphasis.Clear();
        brackets.Clear();
        return written.IsEmpty ? null : written.TakeProse(end);
    }
}
