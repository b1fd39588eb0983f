using System.Text.RegularExpressions;

namespace LatentConformance.Lessons.Reading;

internal enum CodeLook
{
    None,
    Blank,
    Weak,
    Strong,
}

/// <summary>Whether a line of plain text looks like Python. A sentence that begins with "for" or "if" must not.</summary>
internal static partial class CodeLine
{
    public static CodeLook Look(ReadOnlySpan<char> line)
    {
        var said = line.Trim();
        if (said.IsEmpty)
        {
            return CodeLook.Blank;
        }

        if (said[0] == '#')
        {
            return said.Length == 1 || said[1] is ' ' or '!' ? CodeLook.Weak : CodeLook.None;
        }

        var comment = said.IndexOf(" #");
        var code = comment < 0 ? said : said[..comment].TrimEnd();
        if (said.Length > 400)
        {
            return CodeLook.None;
        }

        if (said.StartsWith("\"\"\"") || said.StartsWith("'''"))
        {
            return CodeLook.Weak;
        }

        if (!code.ContainsAny('"', '\'') && (code.ContainsAnyExceptInRange('\0', '\u007F') || EndsASentence(code)))
        {
            return CodeLook.None;
        }

        if (Strong().IsMatch(code) || (comment > 0 && Commented().IsMatch(said)))
        {
            return CodeLook.Strong;
        }

        return Weak().IsMatch(code) || GoesOn(code) || (line[0] is ' ' or '\t' && Indented().IsMatch(code)) ? CodeLook.Weak : CodeLook.None;
    }

    /// <summary>Whether a text in three quotes begins or ends in a line, and goes on.</summary>
    public static bool OpensText(ReadOnlySpan<char> line) => line.Count("\"\"\"") % 2 == 1;

    private static bool EndsASentence(ReadOnlySpan<char> code)
    {
        var stop = code.IndexOf(". ");
        return stop >= 0 && stop + 2 < code.Length && char.IsAsciiLetterUpper(code[stop + 2]);
    }

    /// <summary>A statement whose brackets close in a later line.</summary>
    private static bool GoesOn(ReadOnlySpan<char> code) => code[^1] is ',' or '(' or '[' or '{'
        && code.Count('(') + code.Count('[') + code.Count('{') > code.Count(')') + code.Count(']') + code.Count('}')
        && (code.StartsWith("for ") || code.StartsWith("if ") || code.StartsWith("return ") || code.StartsWith("with ") || code.StartsWith("while ") || code.StartsWith("assert "));

    [GeneratedRegex(
        @"^(def \w+ ?\(.*|class \w+( ?\(.*\))?:|(import|from) [\w.]+( as \w+| import .+)?(, ?[\w.]+)*|for [\w, ()]+ in .+:|(if|elif|while|with) .+:|else:|try:|except.*:|finally:" +
        @"|return( [\w.(\[{""'-].*)?|print\(.*|@[\w.]+(\(.*\))?|assert .+|raise \w+.*|yield .+" +
        @"|[A-Za-z_][\w.]*(\[[^\]]*\])?(, ?[A-Za-z_][\w.]*(\[[^\]]*\])?)* *(=|\+=|-=|\*=|/=|@=) *.*[\w\])]? *[\[({].*|[A-Za-z_]\w*\.[\w.]+(\[[^\]]*\])? *[-+*/@]?= *.+|[A-Za-z_][\w.]*\(.*\))$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Strong();

    [GeneratedRegex(@"^[A-Za-z_)\]][\w.,\[\]() ]*(=.*[^ ]|\)|\]) +# .*$|^.*# *\[.*\].*$", RegexOptions.NonBacktracking)]
    private static partial Regex Commented();

    [GeneratedRegex(@"^([A-Za-z_][\w.]*(, ?[A-Za-z_][\w.]*)* *[-+*/@]?= *[^=].*|[)\]}]+[,:.\w()]*|pass|continue|break|\.\.\.|['""].*|\.\w+\(.*|[-+*/@] .*[\w)\]]|return)$", RegexOptions.NonBacktracking)]
    private static partial Regex Weak();

    [GeneratedRegex(@"^[\w.\[\](){}'"", =:*/+@<>-]*[=()\[\]{}:,][\w.\[\](){}'"", =:*/+@<>-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Indented();
}
