namespace LatentConformance.Lessons.Reading;

/// <summary>What a line of Markdown begins, by its first characters.</summary>
internal static class MarkdownLine
{
    /// <summary>The length of the opening of a fence; 0 where a line opens none.</summary>
    public static int Fence(ReadOnlySpan<char> line)
    {
        if (line is not (['`', '`', '`', ..] or ['~', '~', '~', ..]))
        {
            return 0;
        }

        var count = line.IndexOfAnyExcept(line[0]);
        count = count < 0 ? line.Length : count;
        return line[0] == '`' && line[count..].Contains('`') ? 0 : count;
    }

    public static bool ClosesFence(ReadOnlySpan<char> line, char mark, int count)
    {
        var rest = line.Trim();
        return rest.Length >= count && !rest.ContainsAnyExcept(mark);
    }

    /// <summary>The level of a heading; 0 where a line is none.</summary>
    public static int Heading(ReadOnlySpan<char> line)
    {
        var level = line.IndexOfAnyExcept('#');
        level = level < 0 ? line.Length : level;
        return level is > 0 and < 7 && (level == line.Length || line[level] is ' ' or '\t') ? level : 0;
    }

    /// <summary>What a heading says, without closing #, {#names} and [[anchors]].</summary>
    public static ReadOnlySpan<char> HeadingText(ReadOnlySpan<char> line)
    {
        var said = line.TrimEnd();
        if (said.EndsWith('}') && said.LastIndexOf('{') is > 0 and var open && said[open + 1] is '#' or '.' or '-')
        {
            said = said[..open].TrimEnd();
        }

        if (said.EndsWith("]]") && said.LastIndexOf("[[") is > 0 and var anchor)
        {
            said = said[..anchor].TrimEnd();
        }

        var bare = said.TrimEnd('#');
        return bare.Length < said.Length && (bare.Length == 0 || bare[^1] is ' ' or '\t') ? bare.TrimEnd() : said;
    }

    /// <summary>---, * * *, ___: a rule across the page, or the line under a heading.</summary>
    public static bool IsRule(ReadOnlySpan<char> line) =>
        line[0] is '-' or '*' or '_' && !line.ContainsAnyExcept(line[0], ' ', '\t') && line.Count(line[0]) >= 3;

    public static bool IsUnderline(ReadOnlySpan<char> line)
    {
        var rest = line.TrimEnd();
        return rest.Length > 1 && rest[0] is '=' or '-' && !rest.ContainsAnyExcept(rest[0]);
    }

    /// <summary>The length of the mark of an item with the space after it; 0 where a line is none.</summary>
    public static int Item(ReadOnlySpan<char> line, out bool isFirst)
    {
        var mark = 0;
        isFirst = true;
        if (line[0] is '-' or '*' or '+')
        {
            mark = 1;
        }
        else if (char.IsAsciiDigit(line[0]))
        {
            mark = line.IndexOfAnyExceptInRange('0', '9');
            mark = mark is > 0 and < 10 && line[mark] is '.' or ')' ? mark + 1 : 0;
            isFirst = mark == 2 && line[0] == '1';
        }

        return mark == 0 ? 0 : mark == line.Length ? mark : line[mark] is ' ' or '\t' ? mark + 1 : 0;
    }

    /// <summary>The length of "[name]:" at the beginning; 0 where a line defines nothing.</summary>
    public static int Definition(ReadOnlySpan<char> line)
    {
        var close = line is ['[', ..] ? line.IndexOf(']') : -1;
        return close > 1 && close + 1 < line.Length && line[close + 1] == ':' && !line[1..close].Contains('[') ? close + 2 : 0;
    }

    /// <summary>How far a line leaves a formula open: what follows is neither a list nor a heading then.</summary>
    public static void CountFormulas(ReadOnlySpan<char> line, ref bool dollars, ref bool bracket, ref int environments)
    {
        if (!line.ContainsAny('$', '\\') || line.Contains('`'))
        {
            return;
        }

        dollars ^= line.Count("$$") % 2 == 1;
        environments = Math.Max(0, environments + line.Count(@"\begin{") - line.Count(@"\end{"));
        var opened = line.LastIndexOf(@"\[");
        var closed = line.LastIndexOf(@"\]");
        bracket = opened > closed ? line.TrimStart().StartsWith(@"\[") || line.TrimStart().StartsWith(@"\\[") : bracket && closed < 0;
    }
}
