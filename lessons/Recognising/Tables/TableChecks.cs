using LatentConformance.Lessons.Reading;
using LatentConformance.Lessons.Recognising.Arithmetic;

namespace LatentConformance.Lessons.Recognising.Tables;

/// <summary>
/// Rows recomputed from what the heads say the columns are. A rule has to show that it is the one meant: at least two rows, and no
/// fewer than half of them, must hold by it before it accuses another.
/// </summary>
internal static class TableChecks
{
    private const int Witnesses = 2;

    public static IEnumerable<Judgement> In(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<Flat>> rows, IReadOnlyDictionary<string, Column> said)
    {
        var columns = heads.Select(h => Columns.Of(h, said)).ToArray();
        var body = rows.Where(r => !Totals.IsTotal(r)).Select(r => columns.Select((c, i) => i < r.Count ? Cell.Of(r[i], c) : null).ToArray()).ToArray();
        var judged = new List<Judgement>();
        var done = new HashSet<Column>();
        foreach (var rule in TableRule.All)
        {
            if (!done.Contains(rule.Of) && ByRule(rule, columns, body) is { Count: > 0 } found)
            {
                judged.AddRange(found);
                done.Add(rule.Of);
            }
        }

        if (!done.Contains(Column.Codes) && ByLevels(columns, body) is { Count: > 0 } codes)
        {
            judged.AddRange(codes);
        }

        return judged.Concat(Totals.In(heads, rows, judged));
    }

    /// <summary>One row by itself: true where some rule finds it right.</summary>
    public static bool HoldsByARule(IReadOnlyList<string> heads, IReadOnlyList<Flat> row)
    {
        var columns = heads.Select(h => Columns.Of(h, new Dictionary<string, Column>())).ToArray();
        var cells = columns.Select((c, i) => Cell.Of(row[i], c)).ToArray();
        return TableRule.All.Any(rule => Holds(rule, columns, cells));
    }

    private static bool Holds(TableRule rule, Column[] columns, Cell?[] row) =>
        (Only(columns, rule.Of), rule.From.Select(f => Only(columns, f)).ToArray()) is ( >= 0 and var of, var from)
        && !from.Contains(-1)
        && row[of] is { IsNumber: true } cell && from.All(f => row[f] is { IsNumber: true })
        && Span.Of(rule.Value([.. from.Select(f => row[f]!.Value)])).Meets(cell.Around());

    private static List<Judgement> ByRule(TableRule rule, Column[] columns, Cell?[][] body)
    {
        var (of, from) = (Only(columns, rule.Of), rule.From.Select(f => Only(columns, f)).ToArray());
        if (of < 0 || from.Contains(-1))
        {
            return [];
        }

        var judged = new List<Judgement>();
        var wrong = new List<(int Row, double[] From, double Of)>();
        var told = 0;
        foreach (var row in body)
        {
            if (row[of] is not { IsNumber: true, Numeral: not null } cell || from.Any(f => row[f] is not { IsNumber: true, Numeral: not null }))
            {
                continue;
            }

            var inputs = from.Select(f => row[f]!).ToArray();
            var values = inputs.Select(i => i.Value).ToArray();
            var judgement = Judge(rule.Name, rule.Claim, cell, rule.Value(values), rule.Formula(values), inputs, Corners(rule, inputs));
            if (judgement.Fault is { Severity: Severity.Wrong } && TableRule.All.Any(other => other != rule && other.Of == rule.Of && Holds(other, columns, row)))
            {
                continue;
            }

            judged.Add(judgement);
            if (judgement.Fault is { Severity: Severity.Wrong })
            {
                wrong.Add((judged.Count - 1, values, cell.Value));
            }
            else if (rule.IsTelling(values))
            {
                told++;
            }
        }

        // A loss may hold a term that is not printed; then it is wrong in most rows, or in many.
        return Shown(judged, told) && !IsWarmUp(rule, wrong) && (rule.Name != "loss" || wrong.Count * 3 <= judged.Count) ? judged : [];
    }

    /// <summary>The first rows of a run may weigh the KL with less than one.</summary>
    private static bool IsWarmUp(TableRule rule, List<(int Row, double[] From, double Of)> wrong) =>
        rule.Name == "loss" && rule.From.Count == 2 && wrong.Count > 0 && wrong.Select((w, i) => w.Row == i && w.Of >= w.From[0] && w.Of <= w.From[0] + w.From[1]).All(b => b);

    /// <summary>[8, 5, 5, 5] levels make 1,000 codes.</summary>
    private static List<Judgement> ByLevels(Column[] columns, Cell?[][] body)
    {
        var (levels, codes) = (Only(columns, Column.Levels), Only(columns, Column.Codes));
        return levels < 0 || codes < 0
            ? []
            : Shown(
            [
                .. from row in body
                   where row[levels] is { IsNumber: true, Numeral: null } && row[codes] is { IsNumber: true, Numeral: not null }
                   select Judge("codes", "fsq.size", row[codes]!, row[levels]!.Value, row[levels]!.Text.Text.Trim(), [row[levels]!], Span.Of(row[levels]!.Value)),
            ]);
    }

    private static Judgement Judge(string rule, string? claim, Cell cell, double value, string formula, IReadOnlyList<Cell> inputs, Span rounded)
    {
        var token = cell.Number!.Value;
        var judgement = new Judgement(cell.Text, token.Start, token.Length, [], null) { Rule = rule, Value = double.IsFinite(value) ? value : null };
        if (!double.IsFinite(value) || Span.Of(value).Meets(cell.Around()) || Math.Abs(value - cell.Value) <= cell.Numeral!.Tolerance * (1 + 1e-9))
        {
            return judgement;
        }

        // Inputs of a digit or two were chosen; longer ones were measured, and rounded before they were printed.
        var isChosen = rule is not ("variance" or "logvar") && inputs.All(i => i.Numeral is null or { IsChosen: true });
        var better = Digits.Like(cell.Printed, value);
        var isCut = cell.Numeral is { IsWhole: false } && Math.Abs(value - cell.Value) < 2 * cell.Numeral.HalfUnit * (1 - 1e-9);
        var isStored = rule == "bits" && cell.Numeral is { IsWhole: true } && cell.Value == Math.Ceiling(value);
        if (isStored || (!isChosen && rule == "loss" && rounded.Meets(cell.Around())))
        {
            return judgement;
        }

        var severity = (!isChosen && rounded.Meets(cell.Around())) || (isCut && Math.Abs(value) > Math.Abs(cell.Value)) ? Severity.Note : Severity.Wrong;
        return judgement with { Fault = new Fault(severity, cell.Printed, better, $"{formula} = {Digits.Short(value)}", $"{formula} is {better}, not {cell.Printed}.", claim) };
    }

    /// <summary>The values at the ends of what the inputs may stand for.</summary>
    private static Span Corners(TableRule rule, Cell[] inputs)
    {
        var values = Enumerable.Range(0, 1 << inputs.Length)
            .Select(corner => rule.Value([.. inputs.Select((cell, i) => (corner >> i & 1) == 0 ? cell.Around().Low : cell.Around().High)]))
            .Where(double.IsFinite)
            .ToArray();
        return values.Length == 0 ? Span.Of(double.NaN) : new Span(values.Min(), values.Max());
    }

    private static List<Judgement> Shown(List<Judgement> judged) => Shown(judged, judged.Count(j => j.Fault is null or { Severity: Severity.Note })) ? judged : [];

    private static bool Shown(List<Judgement> judged, int told) =>
        told >= Witnesses && judged.Count(j => j.Fault is null or { Severity: Severity.Note }) * 2 >= judged.Count;

    private static int Only(Column[] columns, Column wanted) =>
        columns.Count(c => c == wanted) == 1 ? Array.IndexOf(columns, wanted) : -1;
}
