using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising;

/// <summary>The comments of a listing, a line at a time, without what marks them.</summary>
internal static class Comments
{
    public static IEnumerable<Flat> In(Code code)
    {
        var text = code.Text.Text;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            if (Start(text.AsSpan(start, end - start)) is >= 0 and var at)
            {
                yield return code.Text.Slice(start + at, end - start - at);
            }

            start = end + 1;
        }
    }

    /// <summary>Behind the first # or // that stands in no quotation.</summary>
    private static int Start(ReadOnlySpan<char> line)
    {
        var quote = '\0';
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '#' || (c == '/' && at + 1 < line.Length && line[at + 1] == '/' && (at == 0 || line[at - 1] == ' ') && (at + 2 >= line.Length || line[at + 2] == ' ')))
            {
                return c == '#' ? at + 1 : at + 2;
            }
        }

        return -1;
    }
}
