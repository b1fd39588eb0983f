using System.Text.RegularExpressions;
using LatentConformance.Lessons.Reading;

namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>The last row, where it says that it is the sum of those above.</summary>
internal static partial class Totals
{
    /// <summary>A sum that is further off than this adds up something that we do not see.</summary>
    private const double Plausible = 0.25;

    public static bool IsTotal(IReadOnlyList<Flat> row) =>
        row.Count > 0 && row[0].Text.Trim().TrimEnd(':').ToUpperInvariant() is "TOTAL" or "SUM" or "Σ" or "∑" or "ALL" or "TOTALS";

    public static IEnumerable<Judgement> In(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Flat>> rows, List<Judgement> judged)
    {
        if (rows.Count < 3 || !IsTotal(rows[^1]) || rows.Take(rows.Count - 1).Any(IsTotal))
        {
            yield break;
        }

        for (var column = 1; column < Math.Min(heads.Count, rows[^1].Count); column++)
        {
            var total = Cell.Of(rows[^1][column], Column.Unknown);
            var cells = rows.Take(rows.Count - 1).Select(r => column < r.Count ? Cell.Of(r[column], Column.Unknown) : null).ToArray();
            if (total is not { IsNumber: true, Numeral: not null } || cells.Any(c => c is not { IsNumber: true, Numeral: not null, IsAbout: false }))
            {
                continue;
            }

            // Small whole numbers may be rounded ones; beside 18,496 they are counts.
            var isCounted = cells.Any(c => c!.Numeral is { IsWhole: true, Suffix: "", Value: >= 1000 });
            var (sum, room) = (cells.Sum(c => c!.Value), cells.Sum(c => c!.Numeral!.IsWhole && isCounted ? 0 : c.Numeral.HalfUnit));
            var token = total.Number!.Value;
            var judgement = new Judgement(total.Text, token.Start, token.Length, [], null) { Rule = "total" };
            var wrong = judged.FirstOrDefault(j => j.Fault is { Severity: Severity.Wrong } && cells.Any(c => ReferenceEquals(c!.Text, j.Text)));
            var right = wrong is null ? sum : cells.Sum(c => judged.Find(j => ReferenceEquals(j.Text, c!.Text))?.Value ?? c!.Value);
            var off = Math.Abs(sum - total.Value) - total.Numeral!.Tolerance - room;
            if (off <= 1e-9 * Math.Abs(sum))
            {
                // It adds up what is printed, and follows the wrong cells.
                yield return wrong is null ? judgement : judgement with { Root = wrong, Fault = Fault(total, right) };
            }
            else if (Math.Abs(sum - total.Value) <= Plausible * Math.Abs(sum) && cells.All(c => c!.Value >= 0) && cells.Length > 1 && !IsAll(rows[^1]) && !IsRate(heads[column]) && !AddsUpSome(cells, total))
            {
                yield return judgement with { Fault = Fault(total, right), Root = wrong };
            }
        }
    }

    /// <summary>"All" may be the mean of what is above it.</summary>
    private static bool IsAll(IReadOnlyList<Flat> row) => row[0].Text.Trim().TrimEnd(':').Equals("all", StringComparison.OrdinalIgnoreCase);

    private static bool IsRate(string head) => Rate().IsMatch(head);

    /// <summary>Rows that are parts of other rows: "of which", or one that is indented.</summary>
    private static bool AddsUpSome(Cell?[] cells, Cell total)
    {
        var values = cells.Select(c => c!.Value).ToArray();
        var by = total.Numeral!.HalfUnit * (1 + 1e-9);

        // What both of two groups hold, or a discount.
        if (values.Any(v => v != 0 && Math.Abs(values.Sum() - (2 * v) - total.Value) <= by))
        {
            return true;
        }

        if (values.Length > 12)
        {
            var sum = values.Sum();
            return values.Any(v => v != 0 && Math.Abs(sum - v - total.Value) <= by);
        }

        return Enumerable.Range(1, (1 << values.Length) - 2).Any(some =>
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                sum += (some >> i & 1) * values[i];
            }

            return Math.Abs(sum - total.Value) <= by;
        });
    }

    [GeneratedRegex(@"%|\b(?:acc|accuracy|precision|recall|f1|score|rate|ratio|mean|average|avg|auc|map|bleu|loss|error|fps|speed|throughput|time|latency|seconds|ms)\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Rate();

    private static Fault Fault(Cell total, double right)
    {
        var better = Digits.Like(total.Printed, right);
        return new Fault(Severity.Wrong, total.Printed, better, $"the column adds up to {Digits.Short(right)}", $"The total is {better}, not {total.Printed}.");
    }
}
