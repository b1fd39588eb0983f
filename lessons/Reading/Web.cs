namespace LatentConformance.Lessons.Reading;

/// <summary>Addresses in running text: the numbers in them are nobody's statement.</summary>
internal static class Web
{
    /// <summary>Whether the colon at `at` belongs to an address; its scheme, which is written already, is then taken back.</summary>
    public static bool TryCut(ReadOnlySpan<char> text, int at, FlatBuilder written, out int end)
    {
        end = at;
        if (!text[at..].StartsWith("://", StringComparison.Ordinal))
        {
            return false;
        }

        var before = written.Text;
        var scheme = before.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? 5
            : before.EndsWith("http", StringComparison.OrdinalIgnoreCase) ? 4
            : before.EndsWith("ftp", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
        if (scheme == 0 || (before.Length > scheme && char.IsAsciiLetterOrDigit(before[^(scheme + 1)])))
        {
            return false;
        }

        written.CutTo(before.Length - scheme);
        var open = 0;
        for (end = at + 3; end < text.Length && IsPart(text[end]); end++)
        {
            open += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
            if (open < 0)
            {
                break;
            }
        }

        while (end > at + 3 && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '*' or '_')
        {
            end--;
        }

        return true;
    }

    private static bool IsPart(char c) => c is > ' ' and < (char)127 && c is not ('<' or '>' or '"' or '\'' or '`' or '|' or '[' or ']' or '\\' or '{' or '}');
}
