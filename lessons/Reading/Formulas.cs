namespace LatentConformance.Lessons.Reading;

/// <summary>TeX between its delimiters: $…$, $$…$$, \(…\), \[…\], \begin{…}…\end{…}. One for each paragraph, as it remembers what is not there.</summary>
internal struct Formulas
{
    private static readonly System.Buffers.SearchValues<char> Operators = System.Buffers.SearchValues.Create(@"\=^_+-*/<>(");
    private bool noParenthesis, noBracket, noEnvironment;

    /// <summary>Where the formula that opens at `at` has its inside, and where it ends.</summary>
    public bool TryFind(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at, out int from, out int to, out int end)
    {
        (from, to, end) = (at, at, at);
        if (text[at] == '$')
        {
            return at + 1 < text.Length && text[at + 1] == '$' && map[at + 1] >= 0
                ? Close(NextDollars(text, map, at + 2), 2, 2, at, ref from, ref to, ref end)
                : Close(Dollar(text, map, at), 1, 1, at, ref from, ref to, ref end);
        }

        var twice = at + 2 < text.Length && text[at + 1] == '\\' ? 1 : 0;
        switch (at + 1 + twice < text.Length ? text[at + 1 + twice] : ' ')
        {
            case '(' when !noParenthesis:
                var closed = text[(at + 2)..].IndexOf(twice == 1 ? @"\\)" : @"\)", StringComparison.Ordinal);
                noParenthesis = closed < 0;
                return Close(closed < 0 ? -1 : at + 2 + closed, 2 + twice, 2 + twice, at, ref from, ref to, ref end);
            case '[' when !noBracket:
                return Close(Bracket(text, at, twice == 1), 2 + twice, 2 + twice, at, ref from, ref to, ref end);
            case 'b' when twice == 0 && !noEnvironment && text[at..].StartsWith(@"\begin{", StringComparison.Ordinal):
                var environment = Environment(text, at);
                noEnvironment = environment < 0;
                return Close(environment, 0, 0, at, ref from, ref to, ref end);
            default:
                return false;
        }
    }

    /// <summary>The inside of a formula as it is written, but for spaces that part thousands.</summary>
    public static void Copy(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int from, int to, FlatBuilder written)
    {
        for (var i = from; i < to; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < to)
            {
                if (text[i + 1] is ',' or ';' or '!' or ':' or ' ' or '\n')
                {
                    if (!PartsThousands(text[from..to], i - from))
                    {
                        written.AddLiteral(' ', map[i]);
                    }
                }
                else
                {
                    written.AddLiteral(c, map[i]);
                    written.AddLiteral(text[i + 1], map[i + 1]);
                }

                i++;
            }
            else if (c == '{' && i > from && i + 3 < to && text[i + 1] == ',' && text[i + 2] == '}' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 3]))
            {
                written.AddLiteral(',', map[i]);
                i += 2;
            }
            else
            {
                written.AddLiteral(c, map[i]);
            }
        }
    }

    /// <summary>Text that has no other mark-up left: formulas lose their delimiters, money its sign, addresses vanish.</summary>
    public static void Resolve(FlatBuilder source, FlatBuilder written)
    {
        var text = source.Text;
        var map = source.Map;
        var (formulas, note) = (new Formulas(), 0);
        for (var i = 0; i < text.Length;)
        {
            for (; note < source.Notes.Count && source.Notes[note].At <= i; note++)
            {
                written.AddNote(source.Notes[note].Text, source.Notes[note].Offset);
            }

            if (map[i] >= 0 && text[i] is '$' or '\\' && formulas.TryFind(text, map, i, out var from, out var to, out var end))
            {
                written.Add(' ', map[i]);
                Copy(text, map, from, to, written);
                written.Add(' ', map[end - 1] < 0 ? ~map[end - 1] : map[end - 1]);
                i = end;
            }
            else if (map[i] >= 0 && text[i] == ':' && Web.TryCut(text, i, written, out var after))
            {
                i = after;
            }
            else
            {
                written.Add(IsMoney(text, i) && map[i] >= 0 ? ' ' : text[i], map[i]);
                i++;
            }
        }

        for (; note < source.Notes.Count; note++)
        {
            written.AddNote(source.Notes[note].Text, source.Notes[note].Offset);
        }

        source.Clear();
    }

    public static bool IsMoney(ReadOnlySpan<char> text, int at) => text[at] == '$' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    private static bool Close(int close, int opener, int closer, int at, ref int from, ref int to, ref int end)
    {
        if (close < 0)
        {
            return false;
        }

        (from, to, end) = (at + opener, close, close + closer);
        return from <= to;
    }

    private static int NextDollars(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int from)
    {
        for (var i = from; i + 1 < text.Length; i++)
        {
            var found = text[i..].IndexOf("$$", StringComparison.Ordinal);
            if (found < 0)
            {
                return -1;
            }

            i += found;
            if (map[i] >= 0 && !IsEscaped(text, i, from))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The closing dollar of one that stands alone; "$5 and $6" are prices.</summary>
    private static int Dollar(ReadOnlySpan<char> text, ReadOnlySpan<int> map, int at)
    {
        var close = at + 1;
        while (close < text.Length && (text[close] != '$' || map[close] < 0 || IsEscaped(text, close, at + 1)))
        {
            var found = text[(close + 1)..].IndexOf('$');
            close = found < 0 ? text.Length : close + 1 + found;
        }

        if (close >= text.Length || close == at + 1)
        {
            return -1;
        }

        var inside = text[(at + 1)..close];
        var (first, last, next) = (inside[0], inside[^1], close + 1 < text.Length ? text[close + 1] : ' ');
        var accepted = char.IsAsciiDigit(next) ? false
            : char.IsWhiteSpace(first) ? char.IsWhiteSpace(last) && !char.IsAsciiLetter(next) && inside.ContainsAny(@"\=^_")
            : char.IsAsciiDigit(first) ? !char.IsWhiteSpace(last) && !inside.Contains('\n') && (!inside.Contains(' ') || inside.ContainsAny(Operators))
            : !char.IsWhiteSpace(last) || !char.IsAsciiLetter(next);
        return accepted ? close : -1;
    }

    /// <summary>Markdown writes brackets that are none of its own the same way, so there has to be something of a formula in them.</summary>
    private int Bracket(ReadOnlySpan<char> text, int at, bool twice)
    {
        var from = at + (twice ? 3 : 2);
        var found = text[from..].IndexOf(twice ? @"\\]" : @"\]", StringComparison.Ordinal);
        if (found < 0)
        {
            noBracket = true;
            return -1;
        }

        var inside = text.Slice(from, found);
        var again = inside.IndexOf(@"\[", StringComparison.Ordinal);
        return again < 0 && (twice || inside.ContainsAny(@"\=^_")) ? from + found : -1;
    }

    /// <summary>The end of an environment, with those inside it.</summary>
    private static int Environment(ReadOnlySpan<char> text, int at)
    {
        var depth = 0;
        for (var i = at; i < text.Length; i++)
        {
            var found = text[i..].IndexOf('\\');
            if (found < 0)
            {
                return -1;
            }

            i += found;
            if (text[i..].StartsWith(@"\begin{", StringComparison.Ordinal))
            {
                depth++;
            }
            else if (text[i..].StartsWith(@"\end{", StringComparison.Ordinal) && --depth == 0)
            {
                var close = text[i..].IndexOf('}');
                return close < 0 ? -1 : i + close + 1;
            }
            else if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                i++;
            }
        }

        return -1;
    }

    private static bool IsEscaped(ReadOnlySpan<char> text, int at, int from)
    {
        var slashes = 0;
        while (at - 1 - slashes >= from && text[at - 1 - slashes] == '\\')
        {
            slashes++;
        }

        return slashes % 2 == 1;
    }

    /// <summary>65\,536 and 65,\!536 are one number; 1\,2 is two.</summary>
    private static bool PartsThousands(ReadOnlySpan<char> text, int at)
    {
        var before = at > 0 && (char.IsAsciiDigit(text[at - 1]) || (text[at - 1] == ',' && text[at + 1] == '!' && at > 1 && char.IsAsciiDigit(text[at - 2])));
        return before && at + 4 < text.Length && !text.Slice(at + 2, 3).ContainsAnyExceptInRange('0', '9')
            && (at + 5 >= text.Length || !char.IsAsciiDigit(text[at + 5]));
    }
}
