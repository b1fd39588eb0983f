namespace LatentConformance.Lessons.Reading;

/// <summary>The part of a Markdown link that a reader does not see: (address "title").</summary>
internal static class LinkTail
{
    private const int Nested = 32;

    /// <summary>The place after its closing parenthesis; -1 where it is none.</summary>
    public static int End(ReadOnlySpan<char> text, int at, Lookahead lookahead)
    {
        if (lookahead.Spent)
        {
            return -1;
        }

        var i = SkipSpace(text, at + 1);
        i = i < text.Length && text[i] == '<' ? AfterAngle(text, i) : AfterAddress(text, i);
        i = SkipSpace(text, i);
        if (i < text.Length && text[i] is '"' or '\'' or '(')
        {
            var close = text[(i + 1)..].IndexOf(text[i] == '(' ? ')' : text[i]);
            i = close < 0 ? text.Length : SkipSpace(text, i + close + 2);
        }

        if (i < text.Length && text[i] == ')')
        {
            return i + 1;
        }

        lookahead.Failed(i - at);
        return -1;
    }

    private static int AfterAngle(ReadOnlySpan<char> text, int at)
    {
        var close = text[at..].IndexOfAny('>', '\n');
        return close < 0 ? text.Length : at + close + 1;
    }

    private static int AfterAddress(ReadOnlySpan<char> text, int at)
    {
        var open = 0;
        for (; at < text.Length && text[at] > ' ' && open < Nested; at++)
        {
            if (text[at] == '(')
            {
                open++;
            }
            else if (text[at] == ')' && --open < 0)
            {
                break;
            }
            else if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }
        }

        return at;
    }

    private static int SkipSpace(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n')
        {
            at++;
        }

        return at;
    }
}
