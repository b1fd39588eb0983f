namespace LatentConformance.Lessons.Reading;

internal enum JsonToken
{
    End,
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Name,
    String,
    Other,
}

/// <summary>
/// JSON token by token. Unlike the library's reader it works on the characters of the file, so that each character of a string knows its
/// place there; strings that nobody wants, such as pictures, are never made.
/// </summary>
internal sealed class JsonScanner(SourceText source)
{
    private static readonly System.Buffers.SearchValues<char> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
    private readonly string text = source.Text;
    private readonly List<bool> isObject = [];
    private int at;
    private bool expectsValue = true, expectsName, mayClose;

    public JsonToken Token { get; private set; }

    /// <summary>How many objects and arrays are open; one that has just begun is among them, one that has just ended is not.</summary>
    public int Depth => isObject.Count;

    /// <summary>Of a string or a name: between its quotes.</summary>
    public (int From, int To) Inside { get; private set; }

    public bool Is(string name) => text.AsSpan(Inside.From..Inside.To).SequenceEqual(name);

    public JsonToken Next()
    {
        SkipSpace();
        if (isObject.Count == 0 && !expectsValue)
        {
            return Token = at == text.Length ? JsonToken.End : throw Unexpected("the end of the file");
        }

        if (!expectsValue && !expectsName)
        {
            var close = isObject[^1] ? '}' : ']';
            if (Here == close)
            {
                return Close();
            }

            if (Here != ',')
            {
                throw Unexpected($"',' or '{close}'");
            }

            at++;
            (expectsName, expectsValue, mayClose) = (isObject[^1], !isObject[^1], false);
            SkipSpace();
        }

        if (mayClose && Here == (isObject[^1] ? '}' : ']'))
        {
            return Close();
        }

        return expectsName ? Name() : Value();
    }

    /// <summary>The value that has just begun, to its end.</summary>
    public void Skip()
    {
        if (Token is not (JsonToken.ObjectStart or JsonToken.ArrayStart))
        {
            return;
        }

        for (var depth = Depth; Depth >= depth;)
        {
            Next();
        }
    }

    /// <summary>The characters of the string that has just been read, each with the place where it, or the escape for it, begins.</summary>
    public void Decode(FlatBuilder written)
    {
        for (var i = Inside.From; i < Inside.To; i++)
        {
            var start = i;
            var c = text[i];
            if (c == '\\')
            {
                c = text[++i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\b',
                    'f' => '\f',
                    'u' => (char)Convert.ToUInt16(text.Substring(i + 1, 4), 16),
                    var itself => itself,
                };
                i += text[i] == 'u' ? 4 : 0;
            }

            written.Add(c, start);
        }
    }

    public UnreadableException Unexpected(string expected)
    {
        var found = at < text.Length ? $"'{(char.IsControl(text[at]) || char.IsSurrogate(text[at]) ? '?' : text[at])}'" : "the end of the file";
        return new($"is not a notebook: expected {expected}, found {found}, at line {source.PlaceOf(Math.Min(at, text.Length)).Line}");
    }

    private char Here => at < text.Length ? text[at] : '\0';

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
    }

    private JsonToken Close()
    {
        at++;
        var token = isObject[^1] ? JsonToken.ObjectEnd : JsonToken.ArrayEnd;
        isObject.RemoveAt(isObject.Count - 1);
        AfterValue();
        return Token = token;
    }

    private JsonToken Name()
    {
        if (Here != '"')
        {
            throw Unexpected("a name in quotes");
        }

        ReadString();
        SkipSpace();
        if (Here != ':')
        {
            throw Unexpected("':'");
        }

        at++;
        (expectsName, expectsValue, mayClose) = (false, true, false);
        return Token = JsonToken.Name;
    }

    private JsonToken Value()
    {
        switch (Here)
        {
            case '{' or '[':
                isObject.Add(Here == '{');
                at++;
                (expectsName, expectsValue, mayClose) = (isObject[^1], !isObject[^1], true);
                return Token = isObject[^1] ? JsonToken.ObjectStart : JsonToken.ArrayStart;
            case '"':
                ReadString();
                AfterValue();
                return Token = JsonToken.String;
            case '-' or 't' or 'f' or 'n' or 'N' or 'I' or (>= '0' and <= '9'):
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '+' or '.'))
                {
                    at++;
                }

                AfterValue();
                return Token = JsonToken.Other;
            default:
                throw Unexpected("a value");
        }
    }

    private void AfterValue() => (expectsName, expectsValue, mayClose) = (false, false, false);

    private void ReadString()
    {
        var from = ++at;
        while (true)
        {
            var found = text.AsSpan(at).IndexOfAny('"', '\\', '\n');
            at = found < 0 ? text.Length : at + found;
            if (Here == '"')
            {
                Inside = (from, at++);
                return;
            }

            if (Here != '\\')
            {
                throw Unexpected("'\"' at the end of a string");
            }

            at++;
            var known = Here switch
            {
                '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' => 1,
                'u' when at + 4 < text.Length && !text.AsSpan(at + 1, 4).ContainsAnyExcept(Hexadecimal) => 5,
                _ => throw Unexpected("an escape of JSON"),
            };
            at += known;
        }
    }
}
