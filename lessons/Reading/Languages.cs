namespace LatentConformance.Lessons.Reading;

/// <summary>The language of a listing, from what a fence or a class says: "py title=a.py", "{.python .input}", "lang-py".</summary>
internal static class Languages
{
    private static readonly string[] Prefixes = ["language-", "lang-", "highlight-source-", "highlight-", "brush:"];

    public static string OfFence(ReadOnlySpan<char> info)
    {
        var rest = info.Trim();
        if (rest.StartsWith("{code", StringComparison.Ordinal) && rest.IndexOf('}') is > 0 and var close)
        {
            rest = rest[(close + 1)..].TrimStart();
        }

        rest = rest.TrimStart("{. ");
        var end = 0;
        while (end < rest.Length && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] is '_' or '+' or '#' or '-' or '.' or '/'))
        {
            end++;
        }

        return Known(rest[..end]);
    }

    /// <summary>"" where no class names one.</summary>
    public static string OfClass(ReadOnlySpan<char> classes)
    {
        foreach (var range in classes.SplitAny(' ', '\t', '\n', '\r'))
        {
            var name = classes[range];
            foreach (var prefix in Prefixes)
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && name.Length > prefix.Length)
                {
                    return Known(name[prefix.Length..]);
                }
            }

            if (Known(name) == "python")
            {
                return "python";
            }
        }

        return "";
    }

    private static string Known(ReadOnlySpan<char> name)
    {
        var small = name.Length > 40 ? "" : name.ToString().ToLowerInvariant();
        return small is "py" or "python" or "python3" or "py3" or "ipython" or "ipython3" ? "python" : small;
    }
}
