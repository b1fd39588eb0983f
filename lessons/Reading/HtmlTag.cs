using System.Collections.Frozen;

namespace LatentConformance.Lessons.Reading;

/// <summary>What an element means to a reader of its text.</summary>
internal enum Element
{
    Inline,
    Block,
    Space,
    Nothing,
    Picture,
    Struck,
    Raised,
    Lowered,
    Preformatted,
    Code,
    Table,
    TableHead,
    TableBody,
    Row,
    Cell,
    Maths,
    Script,
    Unread,
    Plain,
}

/// <summary>A tag as it stands in broken HTML.</summary>
internal readonly ref struct HtmlTag(ReadOnlySpan<char> name, ReadOnlySpan<char> attributes, bool closes, int end)
{
    private static readonly FrozenDictionary<string, Element>.AlternateLookup<ReadOnlySpan<char>> Elements = new (Element Element, string Names)[]
    {
        (Element.Block, """
            address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6
            head header hgroup hr html legend li main menu nav ol optgroup option p search section select summary ul
            """),
        (Element.Space, "br"),
        (Element.Picture, "img"), (Element.Struck, "del s strike"), (Element.Nothing, "wbr input link meta source track area base col param embed"),
        (Element.Raised, "sup"), (Element.Lowered, "sub"), (Element.Preformatted, "pre listing xmp"), (Element.Code, "code kbd samp tt"),
        (Element.Table, "table"), (Element.TableHead, "thead"), (Element.TableBody, "tbody tfoot"), (Element.Row, "tr"), (Element.Cell, "td th"),
        (Element.Maths, "math"), (Element.Script, "script"),
        (Element.Unread, "style template svg noscript iframe object audio video canvas noframes textarea"),
        (Element.Plain, "title"),
    }.SelectMany(e => e.Names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), (e, name) => (name, e.Element))
        .ToFrozenDictionary(e => e.name, e => e.Element, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public ReadOnlySpan<char> Name { get; } = name;

    public ReadOnlySpan<char> Attributes { get; } = attributes;

    public bool Closes { get; } = closes;

    public int End { get; } = end;

    public Element Element => Elements.TryGetValue(Name, out var element) ? element : Element.Inline;

    public bool ClosesItself => Attributes.EndsWith('/');

    /// <summary>
    /// The tag at `at`, where a &lt; stands. An attribute may hold &gt; in quotes; a &lt; outside quotes means that this one was none.
    /// </summary>
    /// <param name="braces">JSX: an attribute may be {anything, with {braces} in it}.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int at, Lookahead lookahead, bool braces, out HtmlTag tag)
    {
        tag = default;
        var closes = at + 1 < text.Length && text[at + 1] == '/';
        var from = at + (closes ? 2 : 1);
        if (from >= text.Length || !char.IsAsciiLetter(text[from]) || lookahead.Spent)
        {
            return false;
        }

        var nameEnd = from + 1;
        while (nameEnd < text.Length && (char.IsAsciiLetterOrDigit(text[nameEnd]) || text[nameEnd] is '-' or ':' or '.' or '_'))
        {
            nameEnd++;
        }

        if (nameEnd < text.Length && !(text[nameEnd] is '>' or '/' || char.IsWhiteSpace(text[nameEnd])))
        {
            return false;
        }

        var end = AngleAfter(text, nameEnd, lookahead, braces);
        if (end < 0)
        {
            return false;
        }

        tag = new(text[from..nameEnd], text[nameEnd..end], closes, end + 1);
        return true;
    }

    /// <summary>The place of its &gt;. A quote that is never closed was none.</summary>
    private static int ClosingAngle(ReadOnlySpan<char> text, int at, bool braces, out int stopped)
    {
        var depth = 0;
        for (var i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '>' when depth == 0:
                    stopped = i;
                    return i;
                case '<' when depth == 0:
                    stopped = i;
                    return -1;
                case '{' when braces:
                    depth++;
                    break;
                case '}' when braces && depth > 0:
                    depth--;
                    break;
                case '"' or '\'' when depth > 0 || IsValue(text, i, at):
                    var close = text[(i + 1)..].IndexOf(text[i]);
                    if (close < 0)
                    {
                        stopped = text.Length;
                        return -1;
                    }

                    i += close + 1;
                    break;
            }
        }

        stopped = text.Length;
        return -1;
    }

    private static int AngleAfter(ReadOnlySpan<char> text, int at, Lookahead lookahead, bool braces)
    {
        var end = ClosingAngle(text, at, braces, out var stopped);
        if (end < 0)
        {
            lookahead.Failed(stopped - at);
            var angle = text[at..].IndexOfAny('<', '>');
            end = angle >= 0 && text[at + angle] == '>' ? at + angle : -1;
        }

        return end;
    }

    private static bool IsValue(ReadOnlySpan<char> text, int at, int from)
    {
        var before = at - 1;
        while (before > from && text[before] == ' ')
        {
            before--;
        }

        return before >= from && text[before] == '=';
    }

    /// <summary>The value of an attribute; empty where it has none.</summary>
    public ReadOnlySpan<char> Value(ReadOnlySpan<char> attribute)
    {
        for (var rest = Attributes; ;)
        {
            var found = rest.IndexOf(attribute, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return [];
            }

            var after = rest[(found + attribute.Length)..].TrimStart();
            if (found > 0 && (char.IsWhiteSpace(rest[found - 1]) || rest[found - 1] is '"' or '\'' or '/') && after is ['=', ..])
            {
                after = after[1..].TrimStart();
                var quoted = after is ['"' or '\'', ..];
                var end = quoted ? after[1..].IndexOf(after[0]) : after.IndexOfAny(' ', '\t', '\n');
                after = quoted ? after[1..] : after;
                return end < 0 ? after.TrimEnd('/') : after[..end];
            }

            rest = rest[(found + attribute.Length)..];
        }
    }
}
