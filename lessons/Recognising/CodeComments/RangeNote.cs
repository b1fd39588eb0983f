using System.Globalization;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>A range claimed in a comment: "in [-1, 1]".</summary>
/// <param name="IsTarget">It is what something is scaled to: both ends are reached, not only kept.</param>
internal sealed record RangeNote(int At, int Length, Formula Low, Formula High, bool IsTarget)
{
    private static readonly string[] Keepers = ["in", "range", "∈", "within", "interval", "ranges", "lies", "lie"];

    private static readonly string[] Scalings = ["scal", "rescal", "map", "normali", "stretch"];

    private static readonly string[] Limits = ["clamp", "clip", "squash", "bound", "limit", "shift", "restrict", "constrain"];

    /// <summary>Words that say it is a range of something else, or at another time.</summary>
    private static readonly string[] Elsewhere =
    [
        "input", "inputs", "assume", "assumes", "assuming", "expects", "expect", "expected", "if", "was", "before", "originally", "should", "not", "for", "must", "requires", "either", "when", "usually", "mostly", "typically",
        "often", "roughly", "approximately", "approx", "about", "index", "indices", "otherwise", "instead", "each", "mean", "average", "labels", "probability", "e",
    ];

    /// <summary>Two numbers of which one is no length, or what stands behind "in", "from" or "between".</summary>
    public static bool IsRange(string text, int from, int at, int end)
    {
        var before = LastWord(text, from, at);
        if (Array.IndexOf(Keepers, before) >= 0 || before is "to" or "from" or "between")
        {
            return true;
        }

        var parts = text[(at + 1)..end].Split(',');
        var numbers = parts.Select(p => double.TryParse(p.Trim().Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : (double?)null).ToList();
        return numbers.Any(n => n is < 1) || parts.Any(p => p.Contains('.', StringComparison.Ordinal) && numbers.Any(n => n is not null))
            || parts.Any(p => p.AsSpan().Trim() is ['-' or '−', ..] or "∞" or "inf");
    }

    /// <summary>Null where there is none, or more than one.</summary>
    /// <param name="others">Names on the line that are not what it gives a value to.</param>
    public static RangeNote? Read(string text, int from, int to, IReadOnlyCollection<string> others, Evaluator evaluator)
    {
        RangeNote? found = null;
        var words = new List<string>();
        var i = from + 1;
        while (i < to)
        {
            var c = text[i];
            if (c != '∈' && !char.IsLetter(c))
            {
                i = c is '[' or '(' ? Math.Max(i + 1, SkipBracket(text, i, to)) : i + 1;
                continue;
            }

            var start = i;
            i = c == '∈' ? i + 1 : WordEnd(text, i, to);
            var word = text[start..i];
            var lower = word.ToLowerInvariant();
            if (Array.IndexOf(Elsewhere, lower) >= 0 || words.Count > 40)
            {
                return null;
            }

            var note = lower == "between" ? Between(text, i, to, evaluator)
                : Array.IndexOf(Keepers, lower) >= 0 || lower == "to" ? Bracketed(text, i, to, evaluator)
                : null;
            if (note is not null)
            {
                var scaled = words.Exists(w => Scalings.Any(s => w.StartsWith(s, StringComparison.Ordinal)));
                var limited = words.Exists(w => Limits.Any(s => w.StartsWith(s, StringComparison.Ordinal)));
                if (found is not null || (lower == "to" && !scaled && !limited && !(words.Count == 0 && note.Low.Sign() < 0)))
                {
                    return null;
                }

                found = note with { IsTarget = lower == "to" && scaled };
                i = note.At + note.Length;
            }

            // "x in [0, 1]" beside y = 2 * x - 1 speaks of what goes in.
            if (others.Contains(word) || (lower == "from" && found is not null))
            {
                return null;
            }

            words.Add(lower);
        }

        return found is not null && Enumerable.Range(0, Formula.Choices).All(c => found.Low.At[c] < found.High.At[c]) ? found : null;
    }

    public static string LastWord(string text, int from, int at)
    {
        var end = at;
        while (end > from && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] is ':' or '='))
        {
            end--;
        }

        var start = end;
        while (start > from && (char.IsLetter(text[start - 1]) || text[start - 1] == '∈'))
        {
            start--;
        }

        return text[start..end].ToLowerInvariant();
    }

    private static int WordEnd(string text, int at, int to)
    {
        while (at < to && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private static int SkipBracket(string text, int at, int to)
    {
        var depth = 0;
        for (var i = at; i < to; i++)
        {
            depth += Lexer.Nesting(text[i]);
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return to;
    }

    private static RangeNote? Bracketed(string text, int at, int to, Evaluator evaluator)
    {
        while (at < to && (text[at] is ' ' or ':' or '='))
        {
            at++;
        }

        if (at >= to || text[at] is not ('[' or '('))
        {
            return null;
        }

        var end = SkipBracket(text, at, to);
        var comma = -1;
        var depth = 0;
        for (var i = at + 1; i < end - 1; i++)
        {
            depth += Lexer.Nesting(text[i]);
            if (text[i] == ',' && depth == 0)
            {
                if (comma >= 0)
                {
                    return null;
                }

                comma = i;
            }
        }

        return comma < 0 || text[end - 1] is not (']' or ')') ? null
            : Number(text, at + 1, comma, evaluator) is { } low && Number(text, comma + 1, end - 1, evaluator) is { } high ? new(at, end - at, low, high, false) : null;
    }

    /// <summary>between -1 and 1: only numbers, and names with a sign.</summary>
    private static RangeNote? Between(string text, int at, int to, Evaluator evaluator)
    {
        while (at < to && text[at] == ' ')
        {
            at++;
        }

        var and = text.IndexOf(" and ", at, to - at, StringComparison.Ordinal);
        if (and < 0 || and - at > 20)
        {
            return null;
        }

        var second = and + " and ".Length;
        var end = text.IndexOf(' ', second, to - second);
        end = end < 0 ? to : end;
        while (end > second && text[end - 1] is '.' or ',' or ';' or ')' or ':')
        {
            end--;
        }

        return Number(text, at, and, evaluator) is { } low && Number(text, second, end, evaluator) is { } high ? new(at, end - at, low, high, false) : null;
    }

    private static Formula? Number(string text, int from, int to, Evaluator evaluator)
    {
        if (from >= to || to - from > 80)
        {
            return null;
        }

        var tokens = Lexer.Read(text, from, to);
        return ExprParser.Read(text, tokens, 0, tokens.Count) is { } expr && evaluator.Of(expr) is Quantity { Formula: { } formula } ? formula : null;
    }
}
