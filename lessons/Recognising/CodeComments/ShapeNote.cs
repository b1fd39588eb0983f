using System.Buffers;
using System.Collections.Frozen;

namespace LatentConformance.Lessons.Recognising.CodeComments;

/// <summary>A shape written in a comment.</summary>
/// <param name="Of">The name before a colon, "x: [B, 3]"; "" where there is none.</param>
/// <param name="IsWorded">It says that it is a shape.</param>
/// <param name="IsTuple">It is in round brackets.</param>
internal sealed record ShapeNote(int At, int Length, string Of, bool IsWorded, bool IsTuple, IReadOnlyList<ShapeNote.Part> Parts)
{
    /// <summary>A length as it is printed, and what it means here.</summary>
    public readonly record struct Part(string Printed, Dim Dim, bool IsResolved);

    public bool IsWhole => Parts.All(p => p.Dim.IsWhole && !p.IsResolved);

    private static readonly SearchValues<char> AnyBracket = SearchValues.Create("[](){}");

    /// <summary>Words that may stand before a shape without turning it into something else.</summary>
    private static readonly FrozenSet<string> Before = FrozenSet.ToFrozenSet(
        ["shape", "shapes", "size", "dim", "dims", "dimension", "dimensions", "output", "out", "result", "tensor", "is", "now", "has", "the", "of", "with", "torch", "Size", "new", "final", "a", "becomes", "gives", "returns", "yields"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Worded = FrozenSet.ToFrozenSet(["shape", "shapes", "size", "dim", "dims", "dimension", "dimensions"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Words after it that say it is of something else, or at another time.</summary>
    private static readonly FrozenSet<string> Turning = FrozenSet.ToFrozenSet(
    [
        "if", "or", "when", "before", "after", "per", "each", "for", "input", "inputs", "vs", "instead", "not", "error", "wrong", "should", "but", "would", "expected", "was", "becomes", "e", "eg", "example", "optional",
        "then", "otherwise", "unless", "plus", "times", "and", "of", "broadcast", "broadcasts", "broadcasted", "expands", "from", "values", "value", "same", "like", "almost", "approximately", "approx", "where", "with",
    ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Lengths = FrozenSet.ToFrozenSet(
    [
        "batch", "channels", "channel", "height", "width", "seq", "seqlen", "length", "time", "steps", "hidden", "dim", "embed", "emb", "embedding", "features", "feature", "tokens", "heads", "head", "classes", "vocab",
        "latent", "latents", "in", "out", "patches", "levels", "codes", "input", "output", "bsz", "samples",
    ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>All that a comment says of one shape: one, or the first and the last of an arrow; empty where it is not sure that it is a shape.</summary>
    /// <param name="names">What the line gives a value to.</param>
    /// <param name="others">Other names on the line: a shape may be said of one of them.</param>
    public static IReadOnlyList<ShapeNote> Read(string text, int from, int to, IReadOnlyCollection<string> names, IReadOnlyCollection<string> others, Scope scope)
    {
        if (from < to && text[from] == '#')
        {
            from++;
        }

        var brackets = Brackets(text, from, to);
        if (brackets is not [var first, ..] || brackets.Count > 4)
        {
            return [];
        }

        var rest = text.AsSpan(first.End, to - first.End);
        if (brackets.Count > 1 && !rest.ContainsAny('→', '>'))
        {
            return [];
        }

        if (Preceding(text, from, first.At, names, others) is not { } before || (brackets.Count == 1 && IsTurned(rest)))
        {
            return [];
        }

        var notes = new List<ShapeNote>();
        foreach (var (at, end) in brackets.Count == 1 ? [first] : new[] { first, brackets[^1] })
        {
            if (Parse(text, at, end, before, scope) is not { } note)
            {
                return [];
            }

            notes.Add(note);
        }

        return notes;
    }

    private static List<(int At, int End)> Brackets(string text, int from, int to)
    {
        var found = new List<(int At, int End)>();
        for (var i = from; i < to; i++)
        {
            if (text[i] is not ('[' or '('))
            {
                continue;
            }

            var end = text.AsSpan(i + 1, to - i - 1).IndexOfAny(AnyBracket) + i + 1;
            var isCall = i > from && (char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '_' or ')' or ']') && !text.AsSpan(from, i - from).EndsWith("torch.Size");
            if (!isCall && end > i && text[end] == '[' && text.AsSpan(from, i - from).EndsWith("torch.Size"))
            {
                // torch.Size([2, 3]): the inner one is meant.
                continue;
            }

            if (end <= i || text[end] != (text[i] == '[' ? ']' : ')'))
            {
                // [0, 1) is a range, nested brackets are values.
                return end > i && text[end] is ')' or ']' ? Skip(text, end + 1, to, found) : [];
            }

            // (tensor): a remark.
            var isRemark = text[i] == '(' && !text.AsSpan(i, end - i).Contains(',') && !Worded.Contains(RangeNote.LastWord(text, from, i));
            if (!isCall && !isRemark && !RangeNote.IsRange(text, from, i, end))
            {
                found.Add((i, end + 1));
            }

            i = end;
        }

        return found;
    }

    private static List<(int At, int End)> Skip(string text, int from, int to, List<(int At, int End)> found)
    {
        var more = text.AsSpan(from, to - from).ContainsAny('[', '(');
        return more ? [] : found;
    }

    private static (string Of, bool IsWorded)? Preceding(string text, int from, int to, IReadOnlyCollection<string> names, IReadOnlyCollection<string> others)
    {
        var (of, worded, apart) = ("", false, false);
        var i = from;
        while (i < to)
        {
            var c = text[i];
            if (char.IsLetter(c) || c == '_')
            {
                var start = i;
                while (i < to && (char.IsLetterOrDigit(text[i]) || text[i] is '_'))
                {
                    i++;
                }

                var word = text[start..i];
                worded |= Worded.Contains(word);
                if (names.Contains(word))
                {
                    of = word;
                }
                else if ((Turning.Contains(word) || others.Contains(word)) && !Before.Contains(word))
                {
                    return null;
                }

                // "first half of the data, shape=(100, 1)": what stands before the comma does not matter.
                apart |= !names.Contains(word) && !Before.Contains(word);
                apart &= !(word is "shape" or "Shape" && start > from && text.AsSpan(from, start - from).TrimEnd() is [.., ',' or ';' or ')']);
            }
            else if (char.IsWhiteSpace(c) || c is ':' or '-' or '>' or '=' or '→' or '`' or '(' or ')' or '.' or '#' or ',' or ';')
            {
                i++;
            }
            else
            {
                apart = true;
                i++;
            }
        }

        return apart ? null : (of, worded);
    }

    private static bool IsTurned(ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest[0] is '*' or '+' or '/' or '-' or '=' or '<' or '>' or '^' or '×' or '@' or '?' or '|' or '.' or '→' || rest.Contains('→') || rest.Contains("->", StringComparison.Ordinal) || rest.Contains("=>", StringComparison.Ordinal))
        {
            return !(rest is ['-', ' ', ..] or ['-', '-', ' ', ..]);
        }

        foreach (var range in rest.SplitAny(" ,.;:!?()[]\t\"'`"))
        {
            if (Turning.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rest[range]))
            {
                return true;
            }
        }

        return false;
    }

    private static ShapeNote? Parse(string text, int at, int end, (string Of, bool IsWorded) before, Scope scope)
    {
        var inside = text[(at + 1)..(end - 1)];
        var written = inside.Split(',').Select(w => w.Trim()).ToList();
        var isTuple = text[at] == '(';
        if (written.Count > 1 && written[^1].Length == 0)
        {
            written.RemoveAt(written.Count - 1);
        }
        else if (written.Count == 1 && isTuple && !before.IsWorded)
        {
            return null;
        }

        if (written.Count is 0 or > Shape.MaxRank || written.Any(w => w.Length is 0 or > 60 || w.Contains("..", StringComparison.Ordinal) || w is "*" or "…"))
        {
            return null;
        }

        var parts = new List<Part>();
        var evidence = before.IsWorded;
        foreach (var word in written)
        {
            var (part, isLike) = ReadPart(word, scope);
            if (!isLike && !before.IsWorded)
            {
                return null;
            }

            if (part.Dim.IsWhole && part.Dim.Factor < 1)
            {
                return null;
            }

            evidence |= isLike;
            parts.Add(part);
        }

        return evidence ? new(at, end - at, before.Of, before.IsWorded, isTuple, parts) : null;
    }

    /// <summary>64, B, 2*dim, B*32*32; others are lengths of which nothing is known.</summary>
    private static (Part Part, bool IsLike) ReadPart(string word, Scope scope)
    {
        var dim = Dim.One;
        var resolved = false;
        var like = true;
        foreach (var factor in word.Split('*', '×', '·').Select(f => f.Trim()))
        {
            if (long.TryParse(factor.Replace("_", "", StringComparison.Ordinal), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var whole))
            {
                dim = dim.Times(Dim.Of(whole));
            }
            else if (IsName(factor))
            {
                var length = Meant(factor, scope);
                resolved |= length.Symbols is not [var only] || only.Split('#')[0] != factor;
                dim = dim.Times(length);
                like &= LooksLikeLength(factor) || scope.Knows(factor);
            }
            else
            {
                // seq+1, dim // 2: a length, though not one to compare.
                dim = Dim.Unknown;
                like &= factor.Length > 0 && factor.All(c => char.IsLetterOrDigit(c) || c is '_' or '+' or '-' or '/' or ' ' or '.' or '^') && factor.IndexOfAny(['+', '-', '/', '^']) > 0;
            }
        }

        return (new(word, dim, resolved), like);
    }

    /// <summary>A name of the function; else what self has under it.</summary>
    private static Dim Meant(string name, Scope scope)
    {
        var value = !scope.Knows(name) && scope.Own.TryGetValue(name, out var own) ? own : scope[name];
        return value is Quantity { Dim: var dim } ? dim : Dim.Unknown;
    }

    private static bool IsName(string word) => word.Length > 0 && (char.IsLetter(word[0]) || word[0] == '_') && word.All(c => char.IsLetterOrDigit(c) || c is '_' or '\'' or '.');

    private static bool LooksLikeLength(string name) =>
        name.Length == 1 || name.Contains('_', StringComparison.Ordinal) || name.Any(char.IsDigit) || (name.Length <= 4 && name.All(char.IsUpper)) || Lengths.Contains(name);
}
