using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Checking;

/// <summary>Judgements made one report: a thing is reported once, what follows from it under it, and the numbers are counted.</summary>
internal static class Assembled
{
    private const int MostUnchecked = 100_000;

    public static PageReport Report(SourceText source, List<(Judgement Judgement, bool Ignored)> judged, List<(Flat Flat, Token Token)> numbers, Settings settings)
    {
        var taken = new HashSet<int>();
        var kept = judged.Where(j => taken.Add(j.Judgement.Text.OffsetOf(j.Judgement.At))).ToArray();
        var wrong = kept.Where(j => j.Judgement.Fault is not null).ToArray();
        var accepted = wrong.Where(j => j.Ignored || settings.Accept.Any(a => a.Covers(source.Path, j.Judgement.Fault!.Printed))).Select(j => j.Judgement).ToHashSet(ReferenceEqualityComparer.Instance);

        // Who accepts a number accepts what follows from it.
        var open = wrong.Select(j => j.Judgement).Where(j => !accepted.Contains(j) && !(j.Root is { } root && accepted.Contains(root))).ToArray();
        var findings = open.Where(j => j.Root is null || !open.Any(o => ReferenceEquals(o, j.Root)))
            .Select(root => Of(source, root) with { Consequences = [.. open.Where(j => ReferenceEquals(j.Root, root)).Select(j => Of(source, j)).OrderBy(f => f.Offset)] })
            .OrderBy(f => f.Offset)
            .ToArray();
        var used = kept.SelectMany(j => j.Judgement.Uses.Append((j.Judgement.At, j.Judgement.Length)).Select(u => (Start: j.Judgement.Text.OffsetOf(u.At), End: j.Judgement.Text.OffsetOf(u.At + u.Length)))).OrderBy(u => u.Start).ToArray();
        var free = numbers.Where(n => !IsUsed(used, n.Flat.OffsetOf(n.Token.Start))).ToArray();
        var coverage = new PageCoverage(numbers.Count, numbers.Count - free.Length, kept.Length, open.Count(j => j.Fault!.Severity != Severity.Note));
        return new PageReport(source.Path, findings, coverage, [.. free.Take(MostUnchecked).Select(n => At(source, n.Flat, n.Token))]) { Accepted = wrong.Length - open.Length };
    }

    private static Unchecked At(SourceText source, Flat flat, Token token)
    {
        var (line, column) = source.PlaceOf(flat.OffsetOf(token.Start));
        return new Unchecked(line, column, flat.Text.Substring(token.Start, token.Length));
    }

    private static bool IsUsed((int Start, int End)[] used, int offset)
    {
        // Ranges may nest, but hardly ever deeper than a handful.
        var (low, high) = (0, used.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = used[middle].Start <= offset ? (middle + 1, high) : (low, middle);
        }

        for (var i = low - 1; i >= 0 && i >= low - 12; i--)
        {
            if (offset < used[i].End)
            {
                return true;
            }
        }

        return false;
    }

    private static Finding Of(SourceText source, Judgement judgement)
    {
        var offset = judgement.Text.OffsetOf(judgement.At);
        var (line, column) = source.PlaceOf(offset);
        return new Finding(source.Path, line, column, offset, judgement.Rule, judgement.Fault!);
    }
}
