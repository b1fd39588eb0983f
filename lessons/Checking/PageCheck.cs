using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising;
using LatentConformance.Lessons.Recognising.Arithmetic;
using LatentConformance.Lessons.Recognising.Sizes;
using LatentConformance.Lessons.Recognising.Tables;

namespace LatentConformance.Lessons.Checking;

/// <summary>One page: every recogniser over every piece of it, and the findings put together.</summary>
public sealed class PageCheck(Annotations annotations, Settings settings)
{
    public PageReport Check(SourceText source)
    {
        var page = Page.Read(source);
        var judged = new List<(Judgement Judgement, bool Ignored)>();
        var numbers = new List<(Flat Flat, Token Token)>();
        var traces = new List<Flat>();
        judged.AddRange(FusedTables.In(page.Blocks).SelectMany(t => TableChecks.In(t.Heads, t.Rows, settings.Columns)).Select(j => (j, false)));
        IReadOnlyList<(Judgement, double, double, double)> cells = [.. judged.Where(j => j.Judgement.Rule == "kl").Select(j => Cell(j.Judgement))];
        var next = false;
        foreach (var block in page.Blocks)
        {
            var ignored = Notes.Ignores(block) || next;
            next = Notes.IsNothingElse(block) && Notes.Ignores(block);
            switch (block)
            {
                case Prose { Text: var flat }:
                    judged.AddRange(InProse(flat, cells, numbers).Select(j => (j, ignored)));
                    traces.Add(flat);
                    break;
                case Code code:
                    judged.AddRange(InCode(code).Select(j => (j, ignored)));
                    traces.Add(code.Text);
                    break;
                case Table table:
                    var heads = table.Head.Select(h => h.Text).ToArray();
                    var found = TableChecks.In(heads, table.Rows, settings.Columns).ToArray();
                    judged.AddRange(found.Concat(table.Rows.SelectMany(r => r).SelectMany(c => InCell(c, numbers))).Select(j => (j, ignored)));
                    cells = found.Any(j => j.Rule == "kl") ? [.. found.Where(j => j.Rule == "kl").Select(Cell)] : cells;
                    break;
                case ClaimBlock claim:
                    judged.AddRange(annotations.In(claim, source).Select(j => (j.Judgement, ignored)));
                    break;
            }
        }

        judged.AddRange(Traces.In(traces).Select(j => (j, false)));
        return Assembled.Report(source, judged, numbers, settings);
    }

    private IEnumerable<Judgement> InProse(Flat flat, IReadOnlyList<(Judgement, double, double, double)> cells, List<(Flat, Token)> numbers)
    {
        if (flat.Text.AsSpan().IndexOfAnyInRange('0', '9') < 0 && flat.Notes.Count == 0)
        {
            return KnownWrong.In(flat);
        }

        var tokens = Scanner.Scan(flat.Text);
        numbers.AddRange(tokens.Where(t => t.Kind == TokenKind.Number).Select(t => (flat, t)));
        var sizes = Size.In(flat.Text, tokens).ToArray();
        return Chains.In(flat, tokens)
            .Concat(Counts.In(flat, tokens, sizes))
            .Concat(Ratios.In(flat, tokens, sizes))
            .Concat(Shares.In(flat, cells))
            .Concat(annotations.In(flat, tokens))
            .Concat(KnownWrong.In(flat));
    }

    private IEnumerable<Judgement> InCell(Flat flat, List<(Flat, Token)> numbers)
    {
        var tokens = Scanner.Scan(flat.Text);
        numbers.AddRange(tokens.Where(t => t.Kind == TokenKind.Number).Select(t => (flat, t)));
        return Chains.In(flat, tokens).Concat(annotations.In(flat, tokens)).Concat(KnownWrong.In(flat));
    }

    /// <summary>In a listing only the comments are prose; an equals sign in code assigns.</summary>
    private static IEnumerable<Judgement> InCode(Code code)
    {
        foreach (var judgement in Listings.In(code).Concat(ShapesInComments.In(code)))
        {
            yield return judgement;
        }

        foreach (var comment in Comments.In(code))
        {
            foreach (var judgement in Chains.In(comment, Scanner.Scan(comment.Text)).Concat(KnownWrong.In(comment)))
            {
                yield return judgement;
            }
        }
    }

    private static (Judgement Judgement, double Printed, double Right, double Room) Cell(Judgement judgement)
    {
        var printed = NumeralReader.At(judgement.Text.Text, judgement.At)?.Number;
        return (judgement, printed?.Value ?? double.NaN, judgement.Value ?? double.NaN, printed?.HalfUnit ?? 0);
    }
}
